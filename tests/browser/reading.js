/* A person's voice in place of the synthesiser's, by two editors in two browsers: the author adds a recording while signing, the
 * second editor hears it to its end and signs it with the bulletin, and the programme that goes on the air has it: it is as much
 * longer as the recording is longer than what the synthesiser says. A recording that is not the one that the gateway names, or
 * that was not heard whole, is not signed. */
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const { withNewsroom, signIn, checkAxe, shoot } = require("./harness.js");

const PLACE = { kk: "Төле би көшесі", ru: "улица Толе би", en: "Tole Bi street" };
const RATE_HZ = 8000;
const TONE_HZ = 700;
const HEAD_BYTES = 44;
const SECONDS = 60; /* far longer than the synthesiser takes */
const MARGIN_S = SECONDS / 2;
const FASTER = 16; /* than life: how the test listens */
const HOLD_MS = 1700;
const AIR_MS = 60000;
const NARROW = 360;

const go = (page, where) => page.goto(`${page.url().split("#")[0]}#/${where}`);
const dialog = (page) => page.locator("dialog[open]");
const reading = (page, name) => page.locator(`.card:has(h2 [lang=${name}]) .reading`);

/* A tone as WAV. */
function makeWav(file, seconds) {
    const wav = Buffer.alloc(HEAD_BYTES + 2 * RATE_HZ * seconds);
    wav.write("RIFF", 0);
    wav.writeUInt32LE(wav.length - 8, 4);
    wav.write("WAVEfmt ", 8);
    wav.writeUInt32LE(16, 16);
    wav.writeUInt16LE(1, 20);
    wav.writeUInt16LE(1, 22);
    wav.writeUInt32LE(RATE_HZ, 24);
    wav.writeUInt32LE(2 * RATE_HZ, 28);
    wav.writeUInt16LE(2, 32);
    wav.writeUInt16LE(16, 34);
    wav.write("data", 36);
    wav.writeUInt32LE(wav.length - HEAD_BYTES, 40);
    for (let i = 0; i < RATE_HZ * seconds; i++) wav.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * TONE_HZ * i) / RATE_HZ)), HEAD_BYTES + 2 * i);
    fs.writeFileSync(file, wav);
}

async function write(page) {
    await go(page, "compose");
    await page.locator("button.template", { hasText: "SHOOTING" }).click();
    for (const [name, text] of Object.entries(PLACE)) {
        await page.locator(`.slot input[lang=${name}]`).nth(0).fill(text);
        await page.locator(`.slot input[lang=${name}]`).nth(1).fill("23:00");
    }
    await page.locator(".map-grid").getByRole("button", { name: "Almaty", exact: true }).click();
    await page.locator(".sign-box button").click();
}

/* Signs as author, with recordings: {language: file}. The draft's number in the address. */
async function signAsAuthor(page, files, axe) {
    const optional = dialog(page).locator("details.readings");
    if (Object.keys(files).length > 0) await optional.locator("summary").click();
    for (const [name, file] of Object.entries(files)) {
        const row = optional.locator(".reading").filter({ has: page.locator(`[lang=${name}]`) });
        await row.locator("input[type=file]").setInputFiles(file);
        await row.locator("audio").waitFor();
    }
    if (axe) {
        await checkAxe(page, "signing with a recording");
        await shoot(page, "reading-author");
    }
    await dialog(page).getByRole("button", { name: "Sign exactly this" }).click();
    await page.waitForURL(/#\/sign\/\d+/);
    return page.url().match(/#\/sign\/(\d+)/)[1];
}

/* What is no recording is refused before it goes anywhere. */
async function checkNoSound(page, site) {
    await dialog(page).locator("details.readings summary").click();
    await dialog(page).locator(".reading input[type=file]").first().setInputFiles(`${site.folder}/passphrase`);
    await dialog(page).getByText("This is no WAV or FLAC file.").waitFor();
    await dialog(page).locator("details.readings summary").click();
}

/* Hears a recording to its end, faster than it is. */
async function listen(page, name) {
    await reading(page, name).locator("button", { hasText: /Прослушать|Listen/ }).click();
    await reading(page, name).locator("audio").evaluate((audio, faster) => (audio.playbackRate = faster), FASTER);
}

async function holdToSign(page) {
    await page.locator(".outlook input:not([type=checkbox])").last().fill("алматы");
    await page.locator("button.hold").hover();
    await page.mouse.down();
    await page.waitForTimeout(HOLD_MS);
    await page.mouse.up();
    await page.locator("#accepted").waitFor();
}

/* Another file under the recording's name: it can't be heard, and so not signed. */
async function checkAltered(page, site) {
    const path = /\/api\/readings\/kk\/sound/;
    makeWav(`${site.folder}/other.wav`, 1);
    await page.route(path, (route) => route.fulfill({ contentType: "audio/wav", body: fs.readFileSync(`${site.folder}/other.wav`) }));
    await reading(page, "kk").locator("button", { hasText: "Прослушать" }).click();
    await reading(page, "kk").locator("[role=alert]", { hasText: "не ту запись" }).waitFor();
    assert.equal(await reading(page, "kk").locator("audio").count(), 0);
    await page.unroute(path);
}

const onAir = (page) => page.locator(".on-air li").allTextContents();

/* The second editor: what she has not heard is left to the synthesiser; then she hears it, and it will be played. */
async function review(page, site, draft) {
    await go(page, "sign");
    await page.locator(`a[href="#/sign/${draft}"]`, { hasText: "Голос человека" }).click();
    await reading(page, "kk").getByText("подписали: 1 из 2").waitFor();
    await page.locator(".on-air").waitFor();
    assert.match((await onAir(page))[0], /: синтезатор: вы не прослушали/);
    assert.match((await onAir(page))[1], /: синтезатор$/);
    await checkAxe(page, "review with a recording");
    await shoot(page, "reading-review");
    await checkAltered(page, site);
    await listen(page, "kk");
    await reading(page, "kk").getByText("вы подпишете и эту запись").waitFor();
    assert.match((await onAir(page))[0], /: запись$/);
    await shoot(page, "reading-heard");
}

/* How long the programme of a bulletin is. */
async function waitAired(page, number) {
    const end = Date.now() + AIR_MS;
    for (;;) {
        const rows = await page.evaluate(async () => (await fetch("/api/radio")).json());
        const aired = rows.find((row) => row.number === number);
        if (aired) return aired.seconds;
        assert.ok(Date.now() < end, "nothing went on the air");
        await new Promise((resolve) => setTimeout(resolve, 300));
    }
}

const newest = (site) => Math.max(...site.ctlJson("status").bulletins.map((row) => row.number));

/* Replaced, signed apart from the bulletin, removed: at the review, by who has signed the bulletin. At 360 pixels. */
async function change(page, site, draft) {
    await page.setViewportSize({ width: NARROW, height: 800 });
    await go(page, `sign/${draft}`);
    const own = reading(page, "ru");
    await own.getByText("No recording").waitFor();
    await own.locator("input[type=file]").setInputFiles(`${site.folder}/voice.wav`);
    await own.getByText("uploaded, not signed").waitFor();
    await own.getByRole("button", { name: "Sign the recording" }).click();
    await own.getByText("signed by 1 of 2").waitFor();
    await own.getByText("You have signed it.").waitFor();
    await checkAxe(page, "a recording at 360 pixels");
    for (const language of ["Қаз", "Рус", "Eng"]) {
        await page.locator(".languages button", { hasText: language }).click();
        await shoot(page, `reading-narrow-${language}`);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= NARROW, `${language}: it scrolls sideways`);
    }
    await own.locator("input[type=file]").setInputFiles(`${site.folder}/short.wav`);
    await own.getByText("uploaded, not signed").waitFor();
    await own.getByRole("button", { name: "Remove" }).click();
    await own.getByText("No recording").waitFor();
    await page.setViewportSize({ width: 1280, height: 900 });
}

withNewsroom({ people: 1, modems: 1, radio: true }, async ({ site, openPage }) => {
    makeWav(`${site.folder}/voice.wav`, SECONDS);
    makeWav(`${site.folder}/short.wav`, 2);
    const author = await openPage({ language: "en" });
    const second = await openPage({ language: "ru" });
    await signIn(author, site, 0);
    await signIn(second, site, 1);

    await write(author);
    await checkNoSound(author, site);
    const unheard = await signAsAuthor(author, { kk: `${site.folder}/voice.wav` }, false);
    await go(second, `sign/${unheard}`);
    await reading(second, "kk").getByText("подписали: 1 из 2").waitFor();
    await holdToSign(second); /* without having heard it */
    const spoken_s = await waitAired(second, newest(site));
    await second.waitForURL(/#\/bulletin\/\d+/);
    await second.getByText("подписали: 1 из 2").waitFor();

    await write(author);
    const draft = await signAsAuthor(author, { kk: `${site.folder}/voice.wav` }, true);
    await change(author, site, draft);
    await review(second, site, draft);
    await holdToSign(second);
    const number = newest(site);
    const recorded_s = await waitAired(second, number);
    assert.ok(recorded_s > spoken_s + MARGIN_S, `with a recording of ${SECONDS} s: ${recorded_s} s, without: ${spoken_s} s`);
    await go(author, `bulletin/${number}`);
    await author.getByText("Recordings by editors").waitFor();
    await checkAxe(author, "bulletin with a recording");
    await shoot(author, "reading-sent");
    for (const page of [author, second]) page.problems = page.problems.filter((problem) => !/401/.test(problem)); /* before signing in */
    console.log(`synthesised ${spoken_s} s, recorded ${recorded_s} s`);
});
