"""The desk's pages and hooks, one ASGI application. Only POST acts: what a mail scanner opens changes nothing."""
