// Runs before the page is drawn: says that scripts run, and brings back the reader's choice of light or dark.
"use strict";
document.documentElement.classList.remove("no-js");
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is closed to us: the system's own choice holds.
}
