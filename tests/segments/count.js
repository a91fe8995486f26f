// Compares our alphabet, units and number of parts with those of the npm package sms-segments-calculator over our own
// texts, every character of the first plane, the edges of parts and 20,000 texts from a fixed seed.
//
//     node count.js SEGMENTS_TOOL      NODE_PATH names the package's folder; DABYL_CORPUS may name a file of JSON lines
//
// What is not compared, because the package counts otherwise than 3GPP TS 23.038 and 23.040 or than other Unicode:
// the table `apart` at the end says what each counts, and fails if either changes.
'use strict'
const { execFileSync } = require('child_process')
const fs = require('fs')
const path = require('path')
const { SegmentedMessage } = require('sms-segments-calculator')

const TOOL = process.argv[2]
const ROOT = path.join(__dirname, '../..')
const SEED = 20260105
const RANDOM_TEXTS = 20000
const BIT_UNITS = { 'GSM-7': 7, 'UCS-2': 16 }

function die(...what) {
  console.log('failed:', ...what)
  process.exit(1)
}

function runTool(mode, input) {
  return execFileSync(TOOL, [mode], { input, encoding: 'utf8', maxBuffer: 1 << 30, timeout: 100000 })
}

function ours(texts) {
  const lines = runTool('count', texts.map((text) => JSON.stringify(text) + '\n').join('')).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line))
}

function theirs(text) {
  const message = new SegmentedMessage(text)
  const encoding = message.getEncodingName()
  return { encoding, units: message.messageSize / BIT_UNITS[encoding], parts: message.segmentsCount }
}

function compare(name, texts) {
  const got = ours(texts)
  if (got.length !== texts.length) die(name, `${texts.length} texts, ${got.length} answers`)
  texts.forEach((text, i) => {
    const want = theirs(text)
    if (got[i].encoding !== want.encoding || got[i].units !== want.units || got[i].parts.length !== want.parts)
      die(name, JSON.stringify(text), 'ours', got[i], 'theirs', want)
  })
  console.log(`${name}: ${texts.length} texts agree`)
}

function strings(value) {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
}

function ownTexts() {
  const folder = path.join(ROOT, 'deploy/examples')
  const drafts = fs.readdirSync(folder).filter((name) => name.endsWith('.json'))
  const texts = drafts.flatMap((name) => strings(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))))
  const dabylctl = path.join(path.dirname(TOOL), '../../bin/dabylctl')
  const run = (...words) => JSON.parse(execFileSync(dabylctl, [...words, '--json'], { encoding: 'utf8', timeout: 30000 }))
  texts.push(...strings(run('template', 'list')))
  for (const name of drafts)
    for (const parts of ['1', '2', '3', '64']) texts.push(...strings(run('render', path.join(folder, name), '--sms', '--parts', parts)))
  texts.push(...runTool('phrases', '').trimEnd().split('\n').map((line) => JSON.parse(line)))
  return texts
}

function corpus(name) {
  return fs.readFileSync(name, 'utf8').trim().split('\n').flatMap((line) => strings(JSON.parse(line)))
}

// The first plane but for what JSON cannot say alone: halves of pairs, and NUL.
function everyCharacter() {
  const texts = []
  for (let code = 1; code <= 0xffff; code++) if (code < 0xd800 || code > 0xdfff) texts.push(String.fromCharCode(code))
  return texts
}

// `count` times a filler, then what stands at the edge, then a tail.
function edges() {
  const texts = ['']
  const rows = [
    ['a', [150, 151, 152, 153, 154, 158, 159, 160, 161, 304, 305, 306, 307, 458, 459, 460]],
    ['\u20ac', [75, 76, 77, 78, 79, 80, 81, 152, 153, 154]],
    ['\u0436', [64, 65, 66, 67, 68, 69, 70, 71, 132, 133, 134, 135, 200, 201, 202]],
    ['\u{1f525}', [32, 33, 34, 35, 36, 66, 67]],
  ]
  const ends = ['', 'b', '\u20ac', '{', '\u0436', '\u{1f525}', '\u0438\u0306', '\u{1f1f0}\u{1f1ff}', '\u{1f469}\u200d\u{1f692}',
    '\u{1f44d}\u{1f3fd}', '1\ufe0f\u20e3', '\n', '\f', '\r']
  for (const [filler, counts] of rows)
    for (const count of counts)
      for (const end of ends) for (const tail of ['', 'z', ' z']) texts.push(filler.repeat(count) + end + tail)
  return texts
}

function makeRandom(seed) {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const SETS = [
  [...'abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 .,:;!?()-\'"/\n'],
  [...'@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà'],
  [...'^{}\\[~]|€\f'],
  [...'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя АӘБВГҒДЕЁ №«»—'],
  [...'ğışŋūçâêîôû`“”–…'],
  ['\u{1f525}', '\u{1f469}\u200d\u{1f692}', '\u{1f44d}\u{1f3fd}', '\u{1f1f0}\u{1f1ff}', '\u{20000}', '1\ufe0f\u20e3', '\u26a0\ufe0f', '\u6f22'],
  ['\u0438\u0306', '\u0435\u0308', 'e\u0301', 'x\u0301\u0302', '\u0430\u0301'],
]
// which sets a text draws from: mostly plain, with a few of another
const MIXES = [[0], [0, 0, 0, 0, 1], [0, 0, 0, 2], [2], [3], [3, 3, 3, 0], [0, 0, 0, 3], [3, 3, 5], [0, 0, 5], [5], [3, 6], [6, 0], [4, 0],
  [0, 1, 2, 3, 4, 5, 6]]
const LENGTHS = [[0, 40], [60, 20], [128, 14], [145, 20], [300, 12], [190, 20], [0, 700]]

function randomTexts() {
  const random = makeRandom(SEED)
  const texts = []
  while (texts.length < RANDOM_TEXTS) {
    const mix = MIXES[random(MIXES.length)]
    const [least, spread] = LENGTHS[random(LENGTHS.length)]
    let text = ''
    for (let left = least + random(spread + 1); left > 0; left--) {
      const set = SETS[mix[random(mix.length)]]
      text += set[random(set.length)]
    }
    texts.push(text)
  }
  return texts
}

// Where the package differs, on purpose of one or the other: why, the text, what we count, what it counts.
const apart = [
  ['it lets a character with marks without end overflow its part, which no modem sends', 'e' + '\u0301'.repeat(150),
    ['UCS-2', 151, 3], ['UCS-2', 151, 2]],
  ['it keeps the letters of a Korean syllable together, which ours may part; TS 23.040, 9.2.3.24.1 forbids to part pairs only',
    '\u0436'.repeat(66) + '\u1100\u1161' + '\u0436'.repeat(66), ['UCS-2', 134, 2], ['UCS-2', 134, 3]],
  ['the same for vowel signs of Devanagari', '\u0436'.repeat(66) + '\u0915\u093f' + '\u0436'.repeat(66),
    ['UCS-2', 134, 2], ['UCS-2', 134, 3]],
  ['its Unicode of 2017 joins only some emoji; ours keeps together what the writer joined', '\u0436'.repeat(64) +
    '\u{1f9d1}\u200d\u{1f37c}' + '\u0436'.repeat(65), ['UCS-2', 134, 3], ['UCS-2', 134, 2]],
]

function checkApart() {
  const got = ours(apart.map((row) => row[1]))
  apart.forEach(([why, text, our, their], i) => {
    const found = theirs(text)
    const seen = JSON.stringify([[got[i].encoding, got[i].units, got[i].parts.length], [found.encoding, found.units, found.parts]])
    if (seen !== JSON.stringify([our, their])) die('known difference:', why, 'now', seen)
  })
  console.log(`known differences: ${apart.length} are as described`)
}

compare('our own texts', ownTexts())
if (process.env.DABYL_CORPUS) compare('corpus', corpus(process.env.DABYL_CORPUS))
compare('every character', everyCharacter())
compare('edges', edges())
compare('random texts', randomTexts())
checkApart()
