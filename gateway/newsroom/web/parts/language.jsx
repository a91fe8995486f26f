/* language: the switch between Kazakh, Russian and English; each is named in its own words. */
import { LANGUAGES, setLanguage, useLanguage } from "../words.js";

const NAMES = { kk: "Қазақша", ru: "Русский", en: "English" };
const SHORT = { kk: "Қаз", ru: "Рус", en: "Eng" };

export function LanguageSwitch() {
    const current = useLanguage();
    return (
        <div class="languages" role="group" aria-label="Тіл · Язык · Language">
            {LANGUAGES.map((name) => (
                <button
                    key={name}
                    type="button"
                    lang={name}
                    aria-pressed={name === current}
                    title={NAMES[name]}
                    onClick={() => setLanguage(name)}
                >
                    {SHORT[name]}
                </button>
            ))}
        </div>
    );
}

export const languageName = (name) => NAMES[name];
