// Installed before any page's own scripts: notes what an attack does that runs, finds what lies in wait.
window.octavoRan = [];
for (const name of ["alert", "confirm", "prompt", "print"]) {
  window[name] = (...said) => { (window.top || window).octavoRan.push(`${name} ${said.join(" ").slice(0, 100)}`); };
}
const OWN = /^\/static\//;
const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "ping", "srcset", "content"];
const SCRIPT = /^[\u0000-\u0020]*(?:j[\s]*a[\s]*v[\s]*a[\s]*s[\s]*c[\s]*r[\s]*i[\s]*p[\s]*t|v[\s]*b[\s]*s[\s]*c[\s]*r[\s]*i[\s]*p[\s]*t|livescript|mhtml|feed|view-source|file)[\s]*:/i;
const DATA = /^[\u0000-\u0020]*data[\s]*:(?!image\/(?:png|jpeg|gif|webp|svg\+xml[^,]*,%3Csvg))/i;
const NEVER = "iframe, frame, object, embed, applet, base, math, template[shadowrootmode], meta[http-equiv=refresh], xml, portal";

window.octavoLatent = (doc, bare = false) => {
  const found = [];
  for (const one of doc.querySelectorAll("*")) {
    for (const {name, value} of one.attributes) {
      const lower = name.toLowerCase();
      if (/^on[a-z]/.test(lower)) found.push(`<${one.localName} ${name}=${value.slice(0, 60)}>`);
      if (lower === "srcdoc") found.push(`<${one.localName} srcdoc>`);
      if (ADDRESSES.includes(lower) && (SCRIPT.test(value) || DATA.test(value))) {
        if (one.localName !== "meta") found.push(`<${one.localName} ${name}=${value.slice(0, 80)}>`);
      }
      if (lower === "style" && /expression|javascript|url\s*\(|-moz-binding|behavior/i.test(value)) found.push(`style ${value.slice(0, 60)}`);
    }
    if (one.localName === "script") {
      const source = one.getAttribute("src") || "";
      if (bare || !(OWN.test(source) || /json|speculationrules/.test(one.type))) found.push(`<script> ${source} ${one.textContent.slice(0, 60)}`);
    }
    const source = (one.getAttribute("src") || "").replace(/^http:\/\/127\.0\.0\.1:\d+(?=\/)/, "");
    const card = one.localName === "iframe" && /^\/[a-z-]+\/story\/[a-z0-9]+\/card$/.test(source);
    if (one.matches(NEVER) && !card) found.push(`<${one.localName}>`);
  }
  return found;
};

// The numbers of the attacks that stand in a document, or in a text.
window.octavoMarks = (found) => [...new Set((found.documentElement ? found.documentElement.outerHTML : found).match(/octavo\d+/g) || [])];

window.octavoRead = async (paths) => {
  const one = async (path) => {
    const answer = await fetch(path, {headers: {"accept-language": "en-GB"}}).catch(() => null);
    if (!answer) return [path, 0, [], []];
    const kind = answer.headers.get("content-type") || "";
    const text = await answer.text();
    if (!kind.includes("html")) return [path, answer.status, [], []];
    const latent = window.octavoLatent(new DOMParser().parseFromString(text, "text/html"));
    return [path, answer.status, latent, window.octavoMarks(text)];
  };
  const told = [];
  for (let at = 0; at < paths.length; at += 8) told.push(...await Promise.all(paths.slice(at, at + 8).map(one)));
  return told;
};

// Reads each text as a document of its own: what lies in wait there, and whether it is text alone, markup, or markup
// that has to do with the document as a whole (which it would not have inside another element).
window.octavoSift = (texts) => texts.map((text) => {
  const doc = new DOMParser().parseFromString(`<!doctype html><body>${text}`, "text/html");
  const {documentElement: root, head, body} = doc;
  const whole = !head || !body || root.attributes.length || body.attributes.length || head.childNodes.length || body.localName !== "body" || root.childNodes.length !== 2;
  const kind = whole ? "document" : body.querySelector("*") || doc.createTreeWalker(doc, NodeFilter.SHOW_COMMENT).nextNode() ? "markup" : "text";
  return [window.octavoLatent(doc, true), kind];
});

// Puts many texts into one document, each parsed by itself into an element of its own; scripts in them run.
window.octavoTogether = async (texts) => {
  document.documentElement.innerHTML = "<body></body>";
  const frame = document.createElement("iframe");
  frame.srcdoc = "<!doctype html><body></body>";
  const loaded = new Promise((done) => { frame.onload = done; });
  document.body.append(frame);
  await loaded;
  const inside = frame.contentDocument;
  const range = inside.createRange();
  for (const text of texts) {
    const place = inside.body.appendChild(inside.createElement("div"));
    range.selectNodeContents(place);
    place.append(range.createContextualFragment(text));
  }
  await new Promise((done) => setTimeout(done, 500));
  if (frame.contentDocument !== inside) return {ran: window.octavoRan, latent: ["went elsewhere"]};
  return {ran: window.octavoRan, latent: window.octavoLatent(inside, true)};
};

window.octavoFrames = async (texts) => {
  document.documentElement.innerHTML = "<body></body>";
  const frames = texts.map((text) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = `<!doctype html><body>${text}`;
    document.body.append(frame);
    return frame;
  });
  await Promise.all(frames.map((frame) => new Promise((done) => { frame.onload = done; setTimeout(done, 15000); })));
  await new Promise((done) => setTimeout(done, 300));
  const latent = [];
  frames.forEach((frame, at) => {
    const inside = frame.contentDocument;
    if (!inside) latent.push(`went elsewhere: ${texts[at].slice(0, 120)}`);
    else latent.push(...window.octavoLatent(inside, true).map((one) => `${one} in ${texts[at].slice(0, 120)}`));
  });
  return {ran: window.octavoRan, latent};
};
