// @ts-check
// Search as you type: the same page is asked for, and its results are put in place of those shown.

const PAUSE_MS = 180;

export function startSearch() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-search]"));
  const results = document.querySelector("[data-results]");
  if (!form || !results) return;
  let timer = 0;
  let asked = new AbortController();
  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.set(name, String(value));
    try {
      const answer = await fetch(address, { signal: asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-results]");
      if (found) results.replaceChildren(...found.childNodes);
      history.replaceState(null, "", address);
    } catch {
      // Another letter was typed, or the network is gone: the button still works.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
}
