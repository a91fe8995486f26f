/* waterfall: the picture of a programme as the radio painted it (audio/plot.h). Nothing where there is none. */
import { useState } from "preact/hooks";
import { t } from "../words.js";

export function Waterfall({ airing }) {
    const [gone, setGone] = useState(false);
    if (gone) return null;
    return (
        <figure>
            <a href={airing.picture} target="_blank" rel="noopener">
                <img
                    class="waterfall"
                    src={airing.picture}
                    loading="lazy"
                    alt={t("radio.picture", { n: airing.number })}
                    onError={() => setGone(true)}
                />
            </a>
            <figcaption class="hint">{t("radio.axes")}</figcaption>
        </figure>
    );
}
