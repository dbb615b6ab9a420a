// The languages that the site speaks, each called as those call it who speak it. The choice is kept in a cookie, which the server reads too.
import { loadAnew } from "./forms.js";
import { LANGUAGE } from "./words.js";

const ONE_YEAR_S = 31536000;

/** `languages`: [{code, name}]. Choosing one loads the same address anew, in that language. */
export function LanguageSwitch({ languages, cookie }) {
  const choose = (code) => {
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${cookie}=${code}; Path=/; Max-Age=${ONE_YEAR_S}; SameSite=Lax${secure}`;
    loadAnew();
  };
  return languages.map(({ code, name }) => (
    <button key={code} type="button" lang={code} aria-current={code === LANGUAGE ? "true" : undefined} onClick={() => choose(code)}>
      {name}
    </button>
  ));
}
