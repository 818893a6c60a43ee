"use strict";
(() => {
  const root = document.documentElement;
  const links = document.querySelectorAll(".language a");
  const speak = (language) => {
    root.lang = root.dataset.lang = language;
    for (const link of links) {
      if (link.hreflang === language) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const each of document.querySelectorAll("[data-" + language + "]"))
      each.setAttribute("aria-label", each.dataset[language]);
  };
  const kept = () => { try { return localStorage.getItem("netra-language"); } catch { return null; } };
  const asked = new URLSearchParams(location.search).get("lang");
  const wanted = asked || kept() || (/^(id|ms|jv|su)\b/.test(navigator.language) ? "id" : null);
  if (wanted === "id" || wanted === "en") speak(wanted);
  for (const link of links)
    link.addEventListener("click", (event) => {
      event.preventDefault();
      try { localStorage.setItem("netra-language", link.hreflang); } catch { /* it is forgotten */ }
      speak(link.hreflang);
    });
})();
