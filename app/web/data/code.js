"use strict";
(() => {
  /* What stands behind the `#` is sent by no browser: it is put into the form, which sends it. */
  const form = document.getElementById("open");
  const named = () => { try { return decodeURIComponent(location.hash.slice(1)).trim(); } catch { return ""; } };
  const open = () => {
    const code = named();
    if (!form || !code) return;
    form.elements.code.value = code;
    form.submit();
  };
  addEventListener("hashchange", open);
  open();
})();
