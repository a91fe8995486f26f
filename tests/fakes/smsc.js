// smsc: a service centre for tests: the npm package `smpp` speaks the protocol and reads the texts, this file only decides what to
// answer. It logs what the network saw as the modem emulator does: JSON lines, "event":"sms" for each part accepted.
//
//   node tests/fakes/smsc.js --modules DIR --port N --control SOCKET --log FILE [--latency S] [--report-delay S] [--id-form FORM]
//
// --modules       where node_modules/smpp lies
// --report-delay  seconds until a receipt; none are sent without it
// --id-form       of the id in receipts: same, decimal (the answer's is hexadecimal), reference (no id, user_message_reference only)
//
// The control socket takes one JSON object a line and answers {"ok":true,...}:
//   {"fault":"throttle","count":N}     the next N parts are refused with ESME_RTHROTTLED
//   {"fault":"refuse","count":N,"status":S}   the same with any command_status
//   {"fault":"late","count":N,"seconds":S}    the next N are answered so much later
//   {"fault":"drop","after":N}         the N-th part from now is taken, not answered, and the connection cut
//   {"fault":"deaf","seconds":S}       nothing is answered, enquire_link included
//   {"fault":"bind","count":N,"status":S}     the next N binds are refused
//   {"fault":"none"}                   all is well again
//   {"deliver":{"from":"+7...","text":"STOP"}}   answered when deliver_sm_resp has come, with its command_status
//   {"count":true}                     parts, receipts, binds so far
//   {"unbind":true}                    the centre ends the bind
'use strict';
const fs = require('fs');
const net = require('net');
const path = require('path');

const MS_PER_S = 1000;
const ENROUTE_S = 1;

function options(argv) {
    const found = {latency: '0', 'id-form': 'same', 'system-id': 'azat', password: 'secret'};
    for (let i = 0; i < argv.length; i += 2) {
        if (!argv[i].startsWith('--') || argv[i + 1] === undefined)
            throw new Error(`smsc: ${argv[i]} is not understood`);
        found[argv[i].slice(2)] = argv[i + 1];
    }
    return found;
}

const option = options(process.argv.slice(2));
const smpp = require(path.join(path.resolve(option.modules), 'node_modules', 'smpp'));
const STATUS = {throttle: smpp.ESME_RTHROTTLED, refuse: smpp.ESME_RINVDSTADR};
const counts = {parts: 0, receipts: 0, answered_receipts: 0, binds: 0, refused: 0};
let fault = {kind: 'none', count: 0};
let bound = null;
let lastId = 0x1000;

// ---- the log: written in lumps, whole lines only

const log = fs.openSync(option.log, 'a');
let lines = '';
function flush() {
    if (lines !== '')
        fs.writeSync(log, lines);
    lines = '';
}
function write(row) {
    if (lines === '')
        setImmediate(flush);
    lines += JSON.stringify({t: Date.now() / MS_PER_S, ...row}) + '\n';
}

// ---- parts

function place(udh) {
    for (const element of udh || []) {
        const wide = element[0] === 8;
        if (wide || element[0] === 0)
            return {ref: wide ? element.readUInt16BE(2) : element[2], parts: element[wide ? 4 : 3], part: element[wide ? 5 : 4]};
    }
    return {ref: 0, parts: 1, part: 1};
}

function minutes(validity) {
    return validity instanceof Date ? Math.round((validity - Date.now()) / MS_PER_S / 60) : 0;
}

function accept(pdu) {
    const id = (++lastId).toString(16);
    counts.parts++;
    write({event: 'sms', modem: 1, to: (pdu.dest_addr_ton === 1 ? '+' : '') + pdu.destination_addr, from: pdu.source_addr,
        from_ton: pdu.source_addr_ton, text: pdu.short_message.message, ...place(pdu.short_message.udh),
        coding: pdu.data_coding === 8 ? 'ucs2' : 'gsm7', data_coding: pdu.data_coding, esm_class: pdu.esm_class,
        srr: pdu.registered_delivery === 1, validity_min: minutes(pdu.validity_period), id});
    return id;
}

function date(when) {
    return when.toISOString().replace(/[-:T]/g, '').slice(2, 12);
}

function receipt(pdu, id) {
    if (bound === null)
        return; // as a centre that keeps it for the next bind would; tests need no more
    const form = option['id-form'];
    const shown = form === 'decimal' ? String(parseInt(id, 16)) : id;
    const now = new Date();
    const named = form === 'reference' ? {} : {receipted_message_id: shown};
    const text = (form === 'reference' ? '' : `id:${shown} `) + `sub:001 dlvrd:001 submit date:${date(now)} done date:${date(now)} ` +
        'stat:DELIVRD err:000 text:';
    counts.receipts++;
    bound.deliver_sm({source_addr_ton: 1, source_addr_npi: 1, source_addr: pdu.destination_addr,
        destination_addr: pdu.source_addr, esm_class: 4, data_coding: 0, short_message: text, message_state: 2,
        ...(pdu.user_message_reference === undefined ? {} : {user_message_reference: pdu.user_message_reference}), ...named},
    (answer) => { if (answer.command_status === 0) counts.answered_receipts++; });
}

// A fault that counts down; its kind, or 'none'.
function next() {
    const kind = fault.kind;
    if (kind === 'none' || kind === 'deaf' || kind === 'bind')
        return kind;
    if (--fault.count === 0) {
        fault = {...fault, kind: 'none'};
        return kind;
    }
    return kind === 'drop' ? 'none' : kind;
}

function submitted(session, pdu) {
    const seconds = fault.seconds;
    const status = fault.status;
    const kind = next();
    if (kind === 'throttle' || kind === 'refuse') {
        counts.refused++;
        write({event: 'refused', to: '+' + pdu.destination_addr});
        session.send(pdu.response({command_status: status || STATUS[kind]}));
        return;
    }
    const id = accept(pdu);
    if (kind === 'drop') {
        write({event: 'dropped', to: '+' + pdu.destination_addr});
        session.destroy();
        return;
    }
    if (kind === 'deaf')
        return;
    const wait_s = Number(option.latency) + (kind === 'late' ? seconds : 0);
    const answer = () => session.send(pdu.response({message_id: id}));
    if (wait_s > 0)
        setTimeout(answer, wait_s * MS_PER_S);
    else
        answer();
    if (option['report-delay'] !== undefined && pdu.registered_delivery === 1)
        setTimeout(receipt, (wait_s + Number(option['report-delay'])) * MS_PER_S, pdu, id);
}

// ---- sessions

function bind(session, pdu) {
    counts.binds++;
    let status = 0;
    if (fault.kind === 'bind' && fault.count-- > 0)
        status = fault.status;
    else if (pdu.system_id !== option['system-id'])
        status = smpp.ESME_RINVSYSID;
    else if (pdu.password !== option.password)
        status = smpp.ESME_RINVPASWD;
    write({event: 'bind', system_id: pdu.system_id, version: pdu.interface_version, status});
    session.send(pdu.response(status === 0 ? {system_id: 'smsc'} : {command_status: status}));
    if (status === 0)
        bound = session;
}

function serve(session) {
    const heard = (handler) => (pdu) => { if (fault.kind !== 'deaf') handler(pdu); };
    session.on('bind_transceiver', heard((pdu) => bind(session, pdu)));
    session.on('submit_sm', (pdu) => submitted(session, pdu));
    session.on('enquire_link', heard((pdu) => { write({event: 'enquire'}); session.send(pdu.response()); }));
    session.on('unbind', heard((pdu) => { write({event: 'unbind'}); session.send(pdu.response()); session.close(); }));
    session.on('unknown', (pdu) => write({event: 'unknown', command_id: pdu.command_id}));
    session.on('error', () => session.destroy());
    session.on('close', () => { write({event: 'closed'}); if (bound === session) bound = null; });
}

// ---- control

function deliver(what, done) {
    if (bound === null) {
        done({ok: false, why: 'nobody is bound'});
        return;
    }
    const letters = !/^\+?\d+$/.test(what.from);
    bound.deliver_sm({source_addr_ton: letters ? 5 : what.from.startsWith('+') ? 1 : 0, source_addr_npi: letters ? 0 : 1,
        source_addr: what.from.replace('+', ''), destination_addr: '1414', esm_class: what.esm_class || 0,
        short_message: what.hex ? Buffer.from(what.hex, 'hex') : what.text,
        ...(what.data_coding === undefined ? {} : {data_coding: what.data_coding})},
    (answer) => done({ok: true, status: answer.command_status}));
}

function obey(order, done) {
    if (order.deliver !== undefined) {
        deliver(order.deliver, done);
        return;
    }
    if (order.fault !== undefined)
        fault = {kind: order.fault, count: order.after || order.count || 0, seconds: order.seconds || 0, status: order.status || 0};
    if (order.fault === 'deaf')
        setTimeout(() => { fault = {kind: 'none', count: 0}; }, (order.seconds || ENROUTE_S) * MS_PER_S);
    if (order.unbind && bound !== null)
        bound.unbind();
    flush();
    done({ok: true, bound: bound !== null, ...counts});
}

const control = net.createServer((socket) => {
    let text = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
        text += bytes;
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n')) {
            const line = text.slice(0, at);
            text = text.slice(at + 1);
            obey(JSON.parse(line), (answer) => socket.write(JSON.stringify(answer) + '\n'));
        }
    });
});

const server = smpp.createServer(serve);
server.listen(Number(option.port), '127.0.0.1', () => control.listen(option.control));
process.on('SIGTERM', () => { flush(); process.exit(0); });
