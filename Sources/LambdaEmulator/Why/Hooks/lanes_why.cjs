// Reports the cost of each top-level line of a Node.js function's own CommonJS modules in a cold start, on stderr:
//     lanes: line app.js:3 12.4 ms at 61.2 ms <- lodash 9.10, Node 1.20 by lodash
//     lanes: init app.js 40.1 ms, lines 40.1; before it: process 55.0, runtime 3.20; lanes 1.10
// Entered by NODE_OPTIONS=--require=/path/lanes_why.cjs. Node.js 18 and later. It wraps Module._load (what was loaded, by
// whom, for how long) and Module.prototype._compile (a call between the statements of the user's files), until the handler's
// file is loaded. Whatever fails in here switches it off; the program must run as without it.
"use strict";

const { performance } = globalThis;
const begun = performance.now();
// Not by `require` where that can be: who has patched it before us would count these.
const builtin = (name) => process.getBuiltinModule?.(name) ?? require(name);
const Module = builtin("node:module");
const fs = builtin("node:fs");
const path = builtin("node:path");

// The lines call it by this name; not enumerable, and only there until init is reported.
const MARK = "__lanes__";
const MAX_SIZE = 2_000_000;
// Of all files together: the first ones, which are the handler's and those next to it, are reported by line.
const MAX_FILES = 200;
const MAX_BYTES = 1_000_000;
const MAX_AVERAGE_LINE = 500;
// Of a file, so much is parsed to find its statements: about 20 ms. No clock, as a machine that is at work may keep us waiting.
const MAX_PARSED = 500_000; // bytes, or
const MAX_TIMES_PARSED = 2; // its length
const COST_OF_PARSING = 500; // as if each piece were so much longer
const MAX_LINE = 4000; // bytes: a write to a pipe is in one piece below 4096
const MAX_TEXT = 120;
const MAX_PARTS = 6; // and one more if it is the last
const MAX_INIT = 10_000; // ms: as long as Lambda's init may take
const ES_MODULE = "(an ES module: lines are not told)";
const MIN_PART = 0.02; // ms: modules that were there already are not worth an entry

const settings = {
  least: numberOr(process.env.LANES_WHY_MS, 1),
  text: process.env.LANES_WHY_TEXT === "1",
  root: rootFolder(),
  handler: null, // path of the handler's file without ending
  trace: process.env._X_AMZN_TRACE_ID, // a client sets it with each request
};
const state = {
  over: false,
  mute: false,
  spent: 0, // what we took ourselves; left out of every number
  before: 0, // from the process's start to performance.now() = 0
  loads: [], // the loads that are open, outermost first
  files: [], // the user's files that are being run, outermost first
  marked: { files: 0, bytes: 0 }, // those that were divided into lines
  esm: null, // the name of the handler's file where it is an ES module
  timer: undefined,
};

function numberOr(text, otherwise) {
  const number = parseFloat(text);
  return Number.isFinite(number) ? number : otherwise;
}

function rootFolder() {
  const folder = process.env.LAMBDA_TASK_ROOT || process.cwd();
  try {
    return path.join(fs.realpathSync(folder), path.sep);
  } catch {
    return path.join(path.resolve(folder), path.sep);
  }
}

const clock = () => performance.now() - state.spent;

// ---- Environment: children and the program must not see us ----

function unquoted(word) {
  return word.replace(/"((?:\\.|[^"\\])*)"/g, (_, inside) => inside.replace(/\\(.)/g, "$1"));
}

function isThisFile(name) {
  try {
    return path.resolve(name) === __filename || fs.realpathSync(name) === __filename;
  } catch {
    return false;
  }
}

// Only the words that named this file are cut out; the rest stays to the letter.
function withoutUs(options) {
  const words = [...options.matchAll(/(?:[^\s"]|"(?:\\.|[^"\\])*")+/g)];
  let rest = options;
  for (let index = words.length - 1; index >= 0; index--) {
    const word = unquoted(words[index][0]);
    const joined = /^(?:--require|-r)=(.*)$/s.exec(word);
    let first = null;
    if (joined && isThisFile(joined[1])) first = index;
    else if (index > 0 && /^(?:--require|-r)$/.test(unquoted(words[index - 1][0])) && isThisFile(word)) first = index - 1;
    if (first === null) continue;
    const end = words[index].index + words[index][0].length;
    const head = rest.slice(0, words[first].index);
    const tail = rest.slice(end);
    rest = tail.trim() ? head + tail.replace(/^\s/, "") : head.replace(/\s$/, "") + tail;
    index = first;
  }
  return rest;
}

function cleanEnvironment() {
  const options = process.env.NODE_OPTIONS;
  if (options !== undefined) {
    const rest = withoutUs(options);
    if (rest === "") delete process.env.NODE_OPTIONS;
    else if (rest !== options) process.env.NODE_OPTIONS = rest;
  }
  for (const name of ["LANES_WHY_MS", "LANES_WHY_TEXT", "LANES_T0"]) delete process.env[name];
  delete Module._cache[__filename];
  for (const key of Object.keys(Module._pathCache)) {
    if (Module._pathCache[key] === __filename) delete Module._pathCache[key];
  }
}

// ---- Names ----

const isUsers = (file) => file.startsWith(settings.root) && !file.slice(settings.root.length - 1).includes("/node_modules/");

const printable = (text) => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, " ");

function nameOf(file) {
  if (isUsers(file)) return printable(file.slice(settings.root.length));
  const inside = file.lastIndexOf("/node_modules/");
  if (inside < 0) return printable(path.basename(file));
  const parts = file.slice(inside + "/node_modules/".length).split("/");
  return printable(parts[0].startsWith("@") ? parts.slice(0, 2).join("/") : parts[0]);
}

const milliseconds = (ms) => ms.toFixed(ms < 9.995 ? 2 : 1);

// ---- Output ----

function say(text) {
  if (state.mute) return;
  try {
    fs.writeSync(2, `lanes: ${text}\n`);
  } catch {
    state.mute = true; // closed, or full
  }
}

function partsOf(parts) {
  const sorted = [...parts].sort((a, b) => b[1].cost - a[1].cost);
  const named = sorted.length > MAX_PARTS + 1 ? MAX_PARTS : sorted.length;
  const told = sorted.slice(0, named).map(([name, part]) => {
    return `${name} ${milliseconds(part.cost)}${part.by ? ` by ${part.by}` : ""}`;
  });
  const more = sorted.slice(named);
  if (more.length > 0) told.push(`${more.length} more ${milliseconds(more.reduce((sum, [, part]) => sum + part.cost, 0))}`);
  return told.join(", ");
}

function sayLine(file, line, cost, at, text, parts) {
  const head = `line ${file}:${line} ${milliseconds(cost)} ms at ${milliseconds(at + state.before)} ms${text ? ` ${text}` : ""}`;
  const tail = parts.size > 0 ? ` <- ${partsOf(parts)}` : "";
  say(Buffer.byteLength(head + tail) < MAX_LINE ? head + tail : head.slice(0, MAX_LINE / 4));
}

// ---- Statements of the user's files ----

function textOf(file, line) {
  if (!settings.text) return "";
  return printable((file.lines[line - 1] ?? "").trim().slice(0, MAX_TEXT)).replaceAll(" <- ", " < - ").trim();
}

// A statement begins: the one before it is done.
function next(file, line) {
  const entered = performance.now();
  const now = entered - state.spent; // not asked once more: what lies between would be in no figure, and then taken off one
  const cost = now - file.at;
  file.sum += cost;
  if (cost >= settings.least) sayLine(file.name, file.line, cost, file.at, file.text, file.parts);
  file.at = now;
  file.line = line;
  file.text = textOf(file, line);
  if (file.parts.size > 0) file.parts = new Map();
  state.spent += performance.now() - entered;
}

function mark(line) {
  try {
    const file = state.over ? null : state.files.at(-1);
    if (file) next(file, line);
  } catch {
    stop();
  }
}

// ---- Where statements begin ----

function parses(text) {
  try {
    new Function("exports", "require", "module", "__filename", "__dirname", text);
    return true;
  } catch {
    return false;
  }
}

// A line at the left that may begin a statement of its own. Never a string (a directive), nor what can go on with the line
// before: an operator, `else`. Functions are not run, so they need no mark.
const BEGINS = /^(?:[A-Za-z$_\\([{\u00aa-\uffff]|!(?!=)|;(?=.*\S))/;
const GOES_ON = /^(?:else|catch|finally|in|instanceof|function|async|import|export)\b/;

// V8 itself is the parser: a statement begins where a line begins at the left and all that lies between it and the last
// mark is whole. Each piece is parsed about once; what is never whole (everything in one function) gets rarer tries.
function marked(source) {
  const lines = source.split("\n");
  const all = (why) => ({ lines, why: `(all ${lines.length} lines: ${why})` });
  if (source.length > MAX_SIZE) return all("more than 2 MB");
  if (source.length / lines.length > MAX_AVERAGE_LINE) return { lines, why: "(all of it: minified)" };
  const out = lines.slice();
  const shifts = new Map();
  // A hashbang is only one at the very beginning of a file.
  let begin = source.startsWith("#!") ? lines[0].length + 1 : 0; // of the piece
  let end = 0;
  let parsed = 0;
  let failed = 0;
  let retry = 0;
  let last = 0;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (BEGINS.test(line) && !GOES_ON.test(line) && end - begin >= retry) {
      const piece = source.slice(begin, end);
      const isPlain = index > 0 && endsPlainly(piece, lines, index);
      if (!isPlain) parsed += piece.length + COST_OF_PARSING;
      if (parsed > Math.max(MAX_PARSED, MAX_TIMES_PARSED * source.length)) return all("too long");
      if (isPlain || isWhole(piece, line)) {
        place(index, lines, out, shifts, piece);
        begin = end;
        failed = 0;
        retry = 0;
        last = index + 1;
      } else if (++failed > 16) {
        retry = piece.length * 1.25;
      }
    }
    end += line.length + 1;
  }
  if (last === 0) return all("no statement begins at the left");
  return { lines, shifts, source: out.join("\n") };
}

// Literals that end with their line, comments, and whatever is no bracket; a template only with plain names in it.
const WHOLE =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$\n]|\\.|\$(?!\{)|\$\{[^`'"\/\\{}\n]*\})*`|\/\/.*|[^"'`\/\\(){}[\]]+/g;

// Most statements end so plainly that V8, which takes 10 µs and more, need not be asked: all brackets closed, then `;` or `}`.
// Not where more may begin than its line shows: a template, a regular expression, a block comment. What opens one is left when
// literals are taken out, as it stands before whatever in it looks like one.
const NO_CODE = /^\s*(?:\/\/.*)?$/;

function endsPlainly(piece, lines, index) {
  let before = index - 1;
  while (before > 0 && NO_CODE.test(lines[before])) before--;
  // `do a++; while (a < 9)` goes on; `// a;` has not ended. `(` would go on behind a function's `}`.
  const isEnd = /^[A-Za-z$_]/.test(lines[index]) ? /^(?!.*\/\/).*[;}]\s*$/ : /^(?!.*\/\/).*;\s*$/;
  if (!isEnd.test(lines[before]) || lines[index].startsWith("while") || /<!--|-->/.test(piece)) return false;
  let open = 0;
  for (const sign of piece.replace(WHOLE, "")) {
    if (sign === "(" || sign === "[" || sign === "{") open++;
    else if (sign === ")" || sign === "]" || sign === "}") open--;
    else return false;
  }
  return open === 0;
}

function isWhole(piece, line) {
  if (piece.trim() === "") return true;
  if (!parses(piece)) return false;
  if (/\blet\s*$/.test(piece)) return false;
  // Behind an expression these go on with it, semicolon or not; behind a statement that has ended `.a` is an error.
  return !/^[(\[]/.test(line) || !parses(`${piece}.a`);
}

// At the end of the line before where that can be: then columns stay what they were. A comment that ends that line stays
// behind the mark; that it is one says V8, which takes what lies before it as whole.
function place(index, lines, out, shifts, piece) {
  const call = `;${MARK}(${index + 1});`;
  if (index > 0) {
    const before = lines[index - 1];
    const end = before.endsWith("\r") ? before.length - 1 : before.length;
    if (!/\/\/|<!--|-->|^#!/.test(before)) {
      out[index - 1] = insert(out[index - 1], call, before.length - end);
      return;
    }
    const comment = before.indexOf("//");
    const start = piece.length - before.length - 1;
    if (comment >= 0 && start >= 0 && !/<!--|-->|^#!/.test(before) && isComment(before, lines[index - 2], piece, start + comment)) {
      out[index - 1] = insert(out[index - 1], call, before.length - comment);
      return;
    }
  }
  out[index] = call.slice(1) + out[index];
  shifts.set(index + 1, call.length - 1);
}

// Nothing that spans lines ends in a line that is all comment: what was whole behind it was whole before it.
function isComment(line, above, piece, end) {
  if (/^\s*\/\//.test(line) && !/`|\*\//.test(line) && !/\\\s*$/.test(above ?? "")) return true;
  return parses(piece.slice(0, end));
}

const insert = (line, text, fromEnd) => line.slice(0, line.length - fromEnd) + text + line.slice(line.length - fromEnd);

// ---- Stack traces as without us, while a load is open ----

const traces = { installed: false, before: undefined, had: false, limit: 0, raised: 0, shifts: new Map() };

// Two of our frames come with each load that is open.
function raiseLimit() {
  const needed = traces.limit + 2 * state.loads.length + 2;
  if (!traces.installed || needed <= traces.raised) return;
  if (Error.stackTraceLimit !== traces.raised) return; // the program has set its own
  Error.stackTraceLimit = traces.raised = needed;
}

function installTraces() {
  if (traces.installed) return;
  const standard = Error.prepareStackTrace;
  const isOwn = standard !== undefined && standard.name !== "ErrorPrepareStackTrace";
  const maps = process.sourceMapsEnabled
    || [...process.execArgv, process.env.NODE_OPTIONS ?? ""].some((word) => word.includes("--enable-source-maps"));
  if (isOwn || maps || typeof Error.stackTraceLimit !== "number") return;
  traces.had = Object.hasOwn(Error, "prepareStackTrace");
  traces.before = standard;
  traces.limit = traces.raised = Error.stackTraceLimit;
  Error.prepareStackTrace = prepare;
  traces.installed = true;
  raiseLimit();
}

function removeTraces() {
  if (!traces.installed) return;
  traces.installed = false;
  if (Error.prepareStackTrace === prepare) {
    if (traces.had) Error.prepareStackTrace = traces.before;
    else delete Error.prepareStackTrace;
  }
  if (Error.stackTraceLimit === traces.raised) Error.stackTraceLimit = traces.limit;
}

function prepare(error, frames) {
  let shown = [];
  frames.forEach((frame, index) => {
    if (frame.getFileName() !== __filename) shown.push(corrected(frame, frames[index + 1]));
  });
  if (frames.length <= traces.raised) shown = shown.slice(0, traces.limit);
  if (traces.before) return traces.before(error, shown);
  const isNodes = [error, Object.getPrototypeOf(error)].some((object) => {
    return object && Object.getOwnPropertySymbols(object).some((symbol) => symbol.description === "kIsNodeError");
  });
  const head = isNodes ? `${error.name} [${error.code}]: ${error.message}` : Error.prototype.toString.call(error);
  return shown.length > 0 ? `${head}\n    at ${shown.join("\n    at ")}` : head;
}

// Where a mark had to stand before the statement, its columns moved. And V8 names Node's own function after the property
// that holds it: that one holds ours now.
function corrected(frame, caller) {
  const shift = traces.shifts.get(frame.getFileName())?.get(frame.getLineNumber()) ?? 0;
  const method = caller?.getFileName() === __filename ? caller.getMethodName() : null;
  if (!shift && !method) return frame;
  let text = String(frame);
  if (method) text = text.replace(/^(\w+)\.<anonymous> \(node:/, `$1.${method} (node:`);
  if (shift) {
    const place = `:${frame.getLineNumber()}:`;
    const column = frame.getColumnNumber();
    text = text.replace(`${place}${column}`, `${place}${Math.max(1, column - shift)}`);
  }
  return { toString: () => text };
}

// ---- Loads ----

const original = { load: Module._load, compile: Module.prototype._compile };

// A wrapper that looks like what it wraps to who asks for its name or its text.
function disguise(wrapper, wrapped) {
  const properties = Object.getOwnPropertyDescriptors(wrapped);
  delete properties.prototype;
  properties.toString ??= { value: () => Function.prototype.toString.call(wrapped), configurable: true, writable: true };
  return Object.defineProperties(wrapper, properties);
}

const load = disguise(function (request, parent, isMain) {
  const frame = state.over ? null : opened(parent, isMain);
  if (frame === null) return Reflect.apply(original.load, this, arguments);
  let failed = true;
  // No catch: thrown again from here, an error would be shown with our line.
  try {
    const exports = Reflect.apply(original.load, this, arguments);
    failed = false;
    return exports;
  } finally {
    closed(frame, request, parent, failed);
  }
}, original.load);

function opened(parent, isMain) {
  const entered = performance.now();
  try {
    // A request is there: the handler, an ES module, was loaded long ago.
    if (state.esm && state.loads.length === 0 && process.env._X_AMZN_TRACE_ID !== settings.trace) {
      stop();
      return null;
    }
    const frame = {
      begin: entered - state.spent,
      inside: 0, // what the loads in it took
      isMain: isMain === true,
      file: "",
      user: null,
      handler: "", // the handler's file, if it was loaded in here
      sum: 0, // the lines of the user's files in here that are not in another one of them
      parts: null, // of an ES module's import
      children: parent?.children?.length ?? 0,
    };
    if (state.loads.length === 0 && state.esm && isOfHandler(parent)) frame.parts = new Map();
    state.loads.push(frame);
    if (state.loads.length === 1) installTraces();
    else raiseLimit();
    state.spent += performance.now() - entered;
    return frame;
  } catch {
    state.loads.length = 0;
    removeTraces();
    stop();
    return null;
  }
}

// A module that the runtime client requires for itself has a parent elsewhere; an import of an ES module has none.
function isOfHandler(parent) {
  const file = parent?.filename;
  return !file || file.startsWith(settings.root) || file.startsWith("/opt/");
}

function closed(frame, request, parent, failed) {
  const entered = performance.now();
  const at = entered - state.spent;
  try {
    state.loads.pop();
    if (frame.user) ran(frame);
    if (!state.over) {
      const total = (frame.user ? frame.user.at : at) - frame.begin;
      if (total > MIN_PART) addPart(frame, total, request, parent);
      const outer = state.loads.at(-1);
      if (outer && !isClient(outer)) {
        outer.inside += total;
        outer.handler ||= frame.handler;
        outer.sum += frame.sum;
      } else {
        outermostClosed(frame, total);
      }
    }
    state.spent = performance.now() - at;
    if (state.loads.length > 0) return;
    // Who reports the error asks for its stack only now: at once, or in a promise.
    if (failed && traces.installed) setImmediate(removeTraces);
    else removeTraces();
  } catch {
    removeTraces();
    stop();
  }
}

// A main script that is not the user's is the runtime client: what it loads is not inside anything.
const isClient = (frame) => frame.isMain && frame.user === null;

// A user's file was run, well or badly.
function ran(frame) {
  if (state.files.at(-1) === frame.user) {
    next(frame.user, 0);
    state.files.pop();
  }
  if (state.files.length > 0) return;
  frame.sum += frame.user.sum;
  if (state.over) delete globalThis[MARK];
}

function outermostClosed(frame, total) {
  if (frame.parts && !frame.user && total >= settings.least) {
    sayLine(state.esm, 0, total, frame.begin, ES_MODULE, frame.parts);
  }
  if (state.esm || !frame.handler) return;
  stop();
  const before = `process ${milliseconds(begun + state.before)}, runtime ${milliseconds(Math.max(0, frame.begin - begun))}`;
  say(`init ${frame.handler} ${milliseconds(total)} ms, lines ${milliseconds(frame.sum)}; before it: ${before}; `
    + `lanes ${milliseconds(state.spent)}`);
}

// Under the user's statement that is open: own time by package; a user's file with all of its own.
function addPart(frame, total, request, parent) {
  const parts = state.files.at(-1)?.parts ?? state.loads[0]?.parts ?? frame.parts;
  if (!parts) return;
  const outer = state.loads.at(-1);
  const name = partName(frame, request, parent);
  const by = outer?.file && !outer.user ? nameOf(outer.file) : "";
  const part = parts.get(name) ?? { cost: 0, by: "" };
  part.cost += frame.user ? total : Math.max(0, total - frame.inside);
  if (by && by !== name && !part.by) part.by = by;
  parts.set(name, part);
}

function partName(frame, request, parent) {
  if (frame.file) return nameOf(frame.file);
  const children = parent?.children;
  if (children?.length > frame.children && children.at(-1)?.filename) return nameOf(children.at(-1).filename);
  if (path.isAbsolute(request)) return nameOf(request);
  if (/^\.\.?(?:\/|$)/.test(request)) return parent?.filename ? nameOf(parent.filename) : "Node";
  return Module.builtinModules.includes(request.replace(/^node:/, "")) || request.startsWith("node:")
    ? "Node" : nameOf(`/node_modules/${request}`);
}

// ---- The user's files ----

const compile = disguise(function (source, filename, format) {
  const file = state.over || state.loads.length === 0 ? null : prepared(this, source, filename, format);
  if (file === null) return Reflect.apply(original.compile, this, arguments);
  const words = [...arguments];
  if (file.source) words[0] = file.source;
  let compiled = false;
  try {
    const result = Reflect.apply(original.compile, this, words);
    compiled = true;
    return result;
  } finally {
    file.began = file.line > 0;
    // A file that V8 cannot read: once more with the text as it is, for the error to be the same (or, if it was our marks
    // that V8 cannot read, for the file to be run).
    if (!compiled && file.source && !file.began && !(readable(source) && readable(file.source))) {
      return Reflect.apply(original.compile, this, arguments);
    }
  }
}, original.compile);

function readable(source) {
  return parses(source.replace(/^#!.*/, ""));
}

// null: not a file of the user's.
function prepared(module, source, filename, format) {
  try {
    const frame = state.loads.at(-1);
    if (frame.file || Module._cache[filename] !== module) return null; // text that is only called by that name
    frame.file = filename;
    const isHandler = settings.handler !== null && isHandlerFile(filename);
    if (isHandler) frame.handler = nameOf(filename);
    if (typeof source !== "string" || !isUsers(filename)) return null;
    const entered = performance.now();
    const result = whatToMark(source, filename, format);
    const file = {
      name: nameOf(filename), at: frame.begin, line: 0, text: result.why ?? "(find, read, compile)", parts: new Map(), sum: 0,
      lines: result.lines, source: result.source, began: false,
    };
    if (settings.handler === null) frame.handler = file.name;
    frame.user = file;
    if (result.shifts?.size) traces.shifts.set(filename, result.shifts);
    state.files.push(file);
    state.spent += performance.now() - entered;
    return file;
  } catch {
    stop();
    return null;
  }
}

const MODULE_SYNTAX =
  /^[ \t]*(?:import\s*[\w$*{"']|export\s+\w|export\s*[*{])|^(?:(?:const|let|var)\s[^=\n]+=\s*)?await\s|\bimport\.meta\b/m;

function whatToMark(source, filename, format) {
  const limit = state.marked.files >= MAX_FILES ? `${MAX_FILES} files` : state.marked.bytes >= MAX_BYTES ? "1 MB" : null;
  if (limit) return { lines: [], why: `(all ${countOfLines(source)} lines: more than ${limit})` };
  state.marked.files++;
  state.marked.bytes += source.length;
  const lines = () => source.split("\n");
  if (/typescript/.test(format ?? "") || /\.[cm]?ts$/.test(filename)) {
    const all = lines();
    return { lines: all, why: `(all ${all.length} lines: TypeScript)` };
  }
  // Node takes the same text once more as an ES module where it has to be one, maybe long after us.
  const mayBe = format === "module" || (format !== "commonjs" && !filename.endsWith(".cjs"));
  // In a template or a comment that syntax says nothing: what can be read as CommonJS is CommonJS.
  const isOne = () => format === "module" || !readable(source);
  if (mayBe && source.length <= MAX_SIZE && MODULE_SYNTAX.test(source) && isOne()) {
    const all = lines();
    return { lines: all, why: `(all ${all.length} lines: an ES module)` };
  }
  return marked(source);
}

function countOfLines(text) {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function isHandlerFile(filename) {
  if (!filename.startsWith(settings.handler)) return false;
  return /^(?:\.[cm]?[jt]s|\/index\.[cm]?js)?$/.test(filename.slice(settings.handler.length));
}

// ---- Begin and end ----

function findHandler() {
  const name = process.env._HANDLER;
  const parts = name ? /^([^.]*)\../.exec(path.basename(name)) : null;
  if (!parts) return;
  const stem = path.resolve(settings.root, path.dirname(name), parts[1]);
  const ending = ["", ".js", ".mjs", ".cjs"].find((ending) => isFile(stem + ending));
  settings.handler = stem;
  if (ending === undefined) return;
  const file = fs.realpathSync(stem + ending);
  settings.handler = file.slice(0, file.length - path.extname(file).length);
  if (ending === ".mjs" || (ending === ".js" && isModule(file))) state.esm = nameOf(file);
}

function isFile(name) {
  return fs.statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isModule(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const name = path.join(folder, "package.json");
    if (isFile(name)) return JSON.parse(fs.readFileSync(name, "utf8")).type === "module";
    if (folder === path.dirname(folder)) return false;
  }
}

// Who has patched on top of us keeps it; ours then only passes on.
function stop() {
  state.over = true;
  clearTimeout(state.timer);
  if (Module._load === load) Module._load = original.load;
  if (Module.prototype._compile === compile) Module.prototype._compile = original.compile;
  // Where a user's file is still running its marks must find something.
  if (state.files.length === 0) delete globalThis[MARK];
}

function start() {
  const epoch = process.env.LANES_T0;
  if (/^\d{1,19}$/.test(epoch ?? "")) {
    const before = Number(process.hrtime.bigint() - BigInt(epoch)) / 1e6 - performance.now();
    if (before > 0 && before < 60_000) state.before = before;
  }
  cleanEnvironment();
  findHandler();
  Object.defineProperty(globalThis, MARK, { value: mark, configurable: true, writable: true, enumerable: false });
  Module._load = load;
  Module.prototype._compile = compile;
  state.timer = setTimeout(stop, MAX_INIT).unref();
  // Whoever looks for the lines of an ES module is to know why there are none, whatever it imports.
  if (state.esm) sayLine(state.esm, 0, 0, clock(), ES_MODULE, new Map());
}

// --require is run in every worker, too, where the folder cannot be changed (by the docs). To ask node:worker_threads
// would cost 1.6 ms.
function isMainThread() {
  try {
    process.chdir("");
  } catch (error) {
    return error.code !== "ERR_WORKER_UNSUPPORTED_OPERATION";
  }
  return true;
}

if (isMainThread()) {
  try {
    // Another of us, of a layer, is at work already: reported twice, nothing would add up.
    if (MARK in globalThis) cleanEnvironment();
    else start();
  } catch (error) {
    stop();
    say(`why: ${printable(String(error)).slice(0, 200)}`);
  }
}
state.spent = performance.now() - begun;
