// A page that answers a form begins where its answer stands: at what was wrong, or at what the form would do.
document.querySelector("[data-focus]")?.focus();
