// @ts-check
// The voices of this device, and which of them reads a language.

const PATIENT_MS = 1500;
/** Where a language alone is asked for: whose voice is meant. */
const HOME = { "zh-hant": ["zh-tw", "zh-hk"], zh: ["zh-cn"], en: ["en-gb", "en-us"], pt: ["pt-br"], ar: ["ar-sa", "ar-ae"] };

/** Some browsers list their voices only after a while. @returns {Promise<SpeechSynthesisVoice[]>} */
export function voices() {
  const there = speechSynthesis.getVoices();
  if (there.length) return Promise.resolve(there);
  return new Promise((resolve) => {
    const done = () => resolve(speechSynthesis.getVoices());
    speechSynthesis.addEventListener?.("voiceschanged", done, { once: true });
    setTimeout(done, PATIENT_MS);
  });
}

/** The voice for a language, one on the device before one that needs a network; none where nobody speaks it.
 * @param {string} language @param {SpeechSynthesisVoice[]} all @returns {SpeechSynthesisVoice | undefined} */
export function voiceFor(language, all) {
  const asked = language.toLowerCase();
  const [primary] = asked.split("-");
  const tag = (/** @type {SpeechSynthesisVoice} */ one) => one.lang.toLowerCase().replace("_", "-");
  const homes = HOME[/** @type {keyof typeof HOME} */ (asked)] ?? [];
  const here = document.body.dataset.edition ?? "";
  const worth = (/** @type {SpeechSynthesisVoice} */ one) =>
    (one.localService ? 8 : 0) + (tag(one) === asked ? 4 : 0) + (tag(one) === here ? 3 : 0) + (homes.includes(tag(one)) ? 2 : 0) + (one.default ? 1 : 0);
  const fit = all.filter((one) => tag(one).split("-")[0] === primary && (navigator.onLine || one.localService));
  // Written in other characters, Chinese is read by other voices.
  const same = asked === "zh-hant" ? fit.filter((one) => homes.includes(tag(one))) : fit;
  return (same.length ? same : fit).sort((one, other) => worth(other) - worth(one))[0];
}
