// Runs Perfetto's trace processor, as it is built for browsers, without one: frames of a length (u32, little endian) and
// that many bytes come in and go out.  usage: node trace_engine.mjs DIRECTORY
import fs from 'fs'
import path from 'path'
import vm from 'vm'

const directory = process.argv[2]
const bytes = url => {
  const file = fs.readFileSync(path.join(directory, path.basename(String(url))))
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength)
}
const quiet = (...words) => process.stderr.write(words.join(' ') + '\n')
const world = {
  console: { log() {}, warn: quiet, error: quiet }, setTimeout, clearTimeout, setInterval, clearInterval, performance,
  TextDecoder, TextEncoder, URL, crypto: globalThis.crypto, location: { href: 'http://localhost/engine_bundle.js' },
  WorkerGlobalScope: function () {}, importScripts() {},
  fetch: async url => ({ ok: true, headers: new Map(), arrayBuffer: async () => bytes(url), clone() { return this } }),
  XMLHttpRequest: function () {
    this.open = (_, url) => { this.url = url }
    this.send = () => { this.status = 200; this.response = bytes(this.url) }
  },
}
world.self = world.globalThis = world
vm.createContext(world)
vm.runInContext(fs.readFileSync(path.join(directory, 'engine_bundle.js'), 'utf8'), world)
const makeBytes = vm.runInContext('length => new Uint8Array(length)', world)
const port = {
  postMessage(message) {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(message.length)
    process.stdout.write(Buffer.concat([length, Buffer.from(message)]))
  },
}
// The engine takes what comes while it compiles, and answers when it has.
world.self.onmessage({ data: port })
let waiting = Buffer.alloc(0)
process.stdin.on('data', data => {
  waiting = Buffer.concat([waiting, data])
  while (waiting.length >= 4) {
    const length = waiting.readUInt32LE(0)
    if (waiting.length < 4 + length) break
    const message = makeBytes(length)
    message.set(waiting.subarray(4, 4 + length))
    waiting = waiting.subarray(4 + length)
    port.onmessage({ data: message })
  }
})
process.stdin.on('end', () => process.exit(0))
