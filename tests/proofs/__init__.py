import pytest

# Helpers that assert show what they compared, as tests do.
pytest.register_assert_rewrite("tests.proofs.books", "tests.proofs.canary", "tests.proofs.phones")
