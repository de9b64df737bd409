// The hook that tells what each line of a function's own CommonJS modules costs. Run: node --test test_lanes_why.mjs
// Nothing here depends on how fast the machine is: busy waits give lower bounds, the rest are sums.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawnSync } from "node:child_process";
import test from "node:test";
import { fileURLToPath } from "node:url";

const HOOK = fileURLToPath(new URL("../../../../Sources/LambdaEmulator/Why/Hooks/lanes_why.cjs", import.meta.url));
const BUSY = "const busy = (ms) => { const t = performance.now(); while (performance.now() - t < ms); };";
const folders = [];
process.on("exit", () => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

function task(files) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "lanes-why-")));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

// Loads the handler as a runtime client does: not as the main module.
const CLIENT = `
  const { createRequire } = await import("node:module");
  const { pathToFileURL } = await import("node:url");
  const file = process.env.FILE;
  try {
    const loaded = process.env.IMPORT ? await import(pathToFileURL(file)) : createRequire(file)(file);
    const handler = (loaded.default ?? loaded).handler ?? loaded.handler;
    if (handler) console.log(await handler());
  } catch (error) {
    console.log(error.stack);
  }`;

function run(folder, { file = "app.js", hook = true, env = {}, options = "", nodeArguments = [] } = {}) {
  const client = path.join(folder, ".client", "client.mjs");
  fs.mkdirSync(path.dirname(client), { recursive: true });
  fs.writeFileSync(client, CLIENT);
  const all = { ...process.env, LAMBDA_TASK_ROOT: folder, _HANDLER: `${file.replace(/\.\w+$/, "")}.handler`, FILE: path.join(folder, file) };
  for (const name of ["NODE_OPTIONS", "NODE_TEST_CONTEXT", "NODE_V8_COVERAGE"]) delete all[name];
  const words = [options, hook ? `--require=${HOOK}` : ""].filter(Boolean).join(" ");
  if (words) all.NODE_OPTIONS = words;
  Object.assign(all, env);
  const result = spawnSync(process.execPath, [...nodeArguments, client], { cwd: folder, env: all, encoding: "utf8", timeout: 60_000 });
  const told = result.stderr.split("\n").filter((line) => line.startsWith("lanes: "));
  const lines = told.map((line) => /^lanes: line (.+?):(\d+) ([\d.]+) ms at ([\d.]+) ms ?(.*)$/.exec(line)).filter(Boolean)
    .map(([, name, number, ms, at, rest]) => ({ file: name, line: +number, ms: +ms, at: +at, rest }));
  const init = told.map((line) => {
    return /^lanes: init (.+) ([\d.]+) ms, lines ([\d.]+); before it: process ([\d.]+), runtime ([\d.]+); lanes ([\d.]+)$/.exec(line);
  }).find(Boolean);
  return {
    told, lines, init: init && { file: init[1], ms: +init[2], lines: +init[3], process: +init[4], runtime: +init[5] },
    out: result.stdout, rest: result.stderr.split("\n").filter((line) => !line.startsWith("lanes: ")).join("\n"),
  };
}

const all = { LANES_WHY_MS: "0" };
const lineNumbers = (result, file = "app.js") => result.lines.filter((line) => line.file === file).map((line) => line.line);

function sameAsWithout(folder, settings = {}) {
  const without = run(folder, { ...settings, hook: false });
  const withHook = run(folder, settings);
  assert.equal(withHook.out, without.out);
  assert.equal(withHook.rest, without.rest);
  return withHook;
}

test("a busy line is told with what it took", () => {
  const result = run(task({ "app.js": `'use strict';\n${BUSY}\n\n\n\n// seven\nbusy(20);\nexports.handler = async () => 1;\n` }));
  const seven = result.lines.find((line) => line.line === 7);
  assert.ok(seven.ms >= 19.9, seven.ms);
  assert.ok(seven.at > 0);
  assert.equal(seven.rest, "");
  assert.equal(result.init.file, "app.js");
  assert.equal(result.out, "1\n");
});

test("a wait while a line is told is taken off no line", () => {
  const folder = task({
    // A machine that is at work, whenever we ask for the time.
    "slow.cjs": `const now = performance.now.bind(performance); performance.now = () => { const end = now() + 3; while (now() < end); return now(); };`,
    "app.js": `const wait = new Int32Array(new SharedArrayBuffer(4));\nAtomics.wait(wait, 0, 0, 10);\nexports.handler = () => 1;\n`,
  });
  const result = run(folder, { options: `--require=${path.join(folder, "slow.cjs")}` });
  assert.ok(result.lines.find((line) => line.line === 2).ms >= 9.9, result.told.join());
});

test("lines add up to init, and the text only comes when asked for", () => {
  const folder = task({ "app.js": `${BUSY}\nbusy(3);\nconst key = "a <- b"; busy(2);\nbusy(4);\n` });
  const result = run(folder, { env: { ...all, LANES_WHY_TEXT: "1" } });
  const sum = result.lines.reduce((sum, line) => sum + line.ms, 0);
  assert.ok(Math.abs(sum - result.init.lines) < 0.5, `${sum} ${result.init.lines}`);
  assert.ok(Math.abs(result.init.ms - result.init.lines) < 0.5);
  assert.deepEqual(lineNumbers(result), [0, 1, 2, 3, 4]);
  assert.equal(result.lines[3].rest, 'const key = "a < - b"; busy(2);');
  assert.match(result.lines[0].rest, /^\(find, read, compile\)/);
  assert.ok(run(folder, { env: all }).lines.slice(1).every((line) => line.rest === ""));
});

test("a text is cut at 120 characters", () => {
  const result = run(task({ "app.js": `const a = "${"x".repeat(200)}";\n` }), { env: { ...all, LANES_WHY_TEXT: "1" } });
  assert.equal(result.lines.at(-1).rest, `const a = "${"x".repeat(109)}`);
});

test("a package is named where it is the last one, else counted", () => {
  for (const [count, last] of [[6, /^p\d [\d.]+$/], [7, /^p\d [\d.]+$/], [8, /^2 more [\d.]+$/], [9, /^3 more [\d.]+$/]]) {
    const files = { "app.js": "" };
    for (let index = 0; index < count; index++) {
      files[`node_modules/p${index}/index.js`] = `${BUSY}\nbusy(1);\n`;
      files["app.js"] += `require("p${index}"); `;
    }
    const parts = run(task(files)).lines.find((line) => line.line === 1).rest.replace("<- ", "").split(", ");
    assert.equal(parts.length, Math.min(count, 7));
    assert.match(parts.at(-1), last);
  }
});

test("packages, own files and data are told under the line that loads them", () => {
  const result = run(task({
    "app.js": `const one = require("one");\nconst helper = require("./lib/helper");\nrequire("./data.json");\nexports.handler = () => 1;\n`,
    "lib/helper.js": `${BUSY}\nbusy(6);\nrequire("@scope/two");\n`,
    "data.json": JSON.stringify(Array.from({ length: 300_000 }, (_, index) => index)),
    "node_modules/one/index.js": `require("@scope/two"); ${BUSY} busy(5);\n`,
    "node_modules/@scope/two/index.js": `${BUSY}\nbusy(7);\n`,
  }));
  assert.match(result.lines.find((line) => line.file === "app.js" && line.line === 1).rest,
    /^<- (?=.*one [\d.]+)(?=.*@scope\/two [\d.]+ by one)/);
  assert.match(result.lines.find((line) => line.file === "app.js" && line.line === 2).rest, /^<- lib\/helper\.js [\d.]+$/);
  assert.match(result.lines.find((line) => line.file === "app.js" && line.line === 3).rest, /^<- data\.json [\d.]+$/);
  // Inner before outer.
  const names = result.lines.map((line) => `${line.file}:${line.line}`);
  assert.ok(names.indexOf("lib/helper.js:2") < names.indexOf("app.js:2"));
});

test("a Node without the hook says the same, in every trap of the syntax", () => {
  const traps = {
    directive: `'use strict'\nconst strict = (function () { return this === undefined })()\nexports.handler = () => strict\n`,
    hashbang: `#!/usr/bin/env node\nconst a = 1;\nexports.handler = () => a;\n`,
    template: "const a = `one\nconst b = 2;\n${`\nfoo()\n`}\n`;\nexports.handler = () => a;\n",
    comments: "const a = /* one\nconst b = 2;\n*/ 3; // not `whole\n/* x */ // http://y\nexports.handler = () => a; // 'x\n",
    regexes: "const a = /[/`]\\/\\//.test('x//');\nconst b = 4 / 2 // 1 /\nexports.handler = () => [a, b]\n",
    semicolons: "const f = function (x) { return x ? 3 : (y) => y }\n(7)\nconst g = f\n;[1].map(g)\nconst h = [1, 2]\n[1]\n"
      + "const t = String.raw\n`x`\nlet n = 1\n+ 2\nexports.handler = () => [f, h, t, n]\n",
    functions: "function a() { return 1 }\n(function () { exports.x = a() })()\nexports.handler = () => exports.x\n",
    branches: "let a = 1\nif (a) a = 2\nelse a = 3\ntry { a() } catch { a = 5 }\nfinally { a++ }\ndo a++\nwhile (a < 9)\nexports.handler = () => a\n",
    labels: "outer:\nfor (const a of [1, 2]) {\nfor (const b of [1]) {\ncontinue outer\n}\n}\nexports.handler = () => 1\n",
    leave: "exports.handler = () => 1;\nif (exports.handler)\nreturn;\nexports.handler = () => 2;\n",
    blocks: "{\nlet a = 1\nexports.a = a\n}\nswitch (exports.a) {\ncase 1:\nexports.b = 2\n}\nexports.handler = () => exports.b\n",
    windows: "const a = 1\r\nconst b = `x\r\ny`\r\nexports.handler = () => new Error(a + b).stack\r\n",
    let: "let\na = 1\nvar b\nexports.handler = () => a\n",
    html: "let n = 2\nwhile (n --> 0) ;\nexports.handler = () => n\n<!-- a comment\nexports.x = 1\n",
    columns: "const a = 1; exports.first = new Error('x').stack;\nexports.second = new Error('y').stack; // c\n"
      + "exports.handler = () => exports.first + exports.second + new Error('z').stack;\n",
  };
  for (const [name, text] of Object.entries(traps)) {
    const result = sameAsWithout(task({ "app.js": text }), { env: all });
    assert.equal(result.init?.file, "app.js", name);
  }
});

test("lines where statements begin, and only there", () => {
  const text = "'use strict';\n// x\nconst a = `\nfoo()\n`;\nif (a) a.b = 1\nelse a()\n;[1].map(String)\nfunction f() {\nreturn 1\n}\n(f)();\nf();\n";
  assert.deepEqual(lineNumbers(run(task({ "app.js": text.replace("a.b = 1", "f()") }), { env: all })), [0, 3, 6, 8, 12, 13]);
});

test("errors have the same stack, whoever loads the file and however deep", () => {
  const files = {
    "throws.js": "const a = require('./deep/0');\n",
    "broken.js": "const a = 1;\nconst b = = 2;\n",
    "missing.js": "const a = 1;\nrequire('nowhere'); // c\n",
    "argument.js": "const a = 1; // c\nBuffer.from(5);\n",
    "long.js": "const down = (n) => n ? down(n - 1) : null.x;\ndown(30);\n",
  };
  for (let index = 0; index < 6; index++) files[`deep/${index}.js`] = `const a = 1;\nrequire('./${index + 1}');\n`;
  files["deep/6.js"] = "throw new TypeError('deep');\n";
  const folder = task(files);
  for (const file of Object.keys(files).filter((name) => !name.startsWith("deep"))) {
    for (const env of [{}, { IMPORT: "1" }]) {
      const result = sameAsWithout(folder, { file, env });
      assert.equal(result.init?.file, file);
    }
  }
});

test("the line that raised is told with what it had", () => {
  const result = run(task({ "app.js": `${BUSY}\nbusy(5); throw new Error("x");\n` }));
  assert.equal(result.lines.at(-1).line, 2);
  assert.ok(result.lines.at(-1).ms >= 4.9);
  assert.ok(result.init);
});

const STATE = `exports.handler = () => { const M = require("node:module"); const state = JSON.stringify({
  mark: "__lanes__" in globalThis, limit: Error.stackTraceLimit, prepare: String(Error.prepareStackTrace), load: M._load.toString(),
  compile: M.prototype._compile.toString(), cache: Object.keys(require.cache), children: module.children.length,
  paths: module.paths, keys: Object.getOwnPropertyNames(globalThis), names: [M._load.name, M._load.length],
  main: require.main?.filename, extensions: Object.keys(require.extensions), active: process.getActiveResourcesInfo?.(),
  options: process.env.NODE_OPTIONS, lanes: Object.keys(process.env).filter((name) => /^LANES_(WHY|T0)/.test(name)) });
  return state; };\n`;

test("nothing is left at run time", () => {
  const folder = task({ "app.js": `require("node:zlib");\n${STATE}` });
  for (const options of ["", "--no-deprecation", '--title="a b" --no-warnings']) sameAsWithout(folder, { options });
  const env = { LANES_WHY_MS: "0", LANES_WHY_TEXT: "1" };
  assert.match(run(folder, { env }).out, /"lanes":\[\]/);
});

test("only our own words leave NODE_OPTIONS, and children and workers are left alone", () => {
  const folder = task({
    "app.js": `const { spawnSync } = require("child_process");
const { Worker } = require("worker_threads");
const child = spawnSync(process.execPath, ["-e", "require('./busy')"], { cwd: __dirname, encoding: "utf8" });
exports.handler = () => new Promise((done) => {
  new Worker("require(" + JSON.stringify(__dirname + "/busy.js") + ")", { eval: true }).on("exit", () => {
    done([process.env.NODE_OPTIONS, child.stderr.includes("lanes:")]);
  });
});`,
    "busy.js": `${BUSY}\nbusy(3);\n`, "a b.cjs": "",
  });
  const both = `--require="${path.join(folder, "a b.cjs")}"`;
  for (const [given, left] of [
    [`--require=${HOOK}`, undefined], [`--require ${HOOK}`, undefined], [`-r ${HOOK} --no-warnings`, "--no-warnings"],
    [`--no-warnings  --require="${HOOK}" --trace-uncaught`, "--no-warnings  --trace-uncaught"],
    [`${both} --require=${HOOK}`, both],
  ]) {
    const result = run(folder, { env: { NODE_OPTIONS: given } });
    assert.equal(result.out, `${JSON.stringify([left, false]).includes("null") ? "[ undefined, false ]" : `[ '${left}', false ]`}\n`);
    assert.equal(result.told.filter((line) => line.includes("busy.js")).length, 0);
    assert.ok(result.init);
  }
});

test("who patches on top of us keeps the patch", () => {
  const folder = task({
    "app.js": `const M = require("module");
const { _load } = M, { require: before, _compile } = M.prototype;
let seen = [];
M._load = function (request) { seen.push(request); return _load.apply(this, arguments); };
M.prototype.require = function (request) { seen.push("r " + request); return before.apply(this, arguments); };
M.prototype._compile = function (text, file) { seen.push("c"); return _compile.apply(this, arguments); };
const mine = M._load;
exports.handler = () => { require("./other"); return [seen.join(), M._load === mine]; };\n`,
    "other.js": "",
  });
  assert.equal(sameAsWithout(folder).out, "[ 'r ./other,./other,c', true ]\n");
});

test("a patch that was there before us sees all, and its marks", () => {
  const folder = task({
    "first.cjs": `const M = require("module"); const { _load } = M; globalThis.seen = [];
M._load = function (request) { seen.push(request); return _load.apply(this, arguments); }; M._load.__wrapped = true;`,
    "app.js": `require("zlib");\nconst wrapped = require("module")._load.__wrapped;\nexports.handler = () => [seen.filter((name) => name === "zlib"), wrapped];\n`,
  });
  sameAsWithout(folder, { options: `--require=${path.join(folder, "first.cjs")}` });
});

test("the program's own prepareStackTrace and limit are left alone", () => {
  const folder = task({
    "app.js": `Error.stackTraceLimit = 3;\nconst a = new Error("a").stack.split("\\n")[1];\nError.prepareStackTrace = (error, frames) => frames.length;
const b = new Error("b").stack;\nexports.handler = () => [a, b, Error.stackTraceLimit, String(Error.prepareStackTrace)];\n`,
    "maps.js": `const a = new Error("a").stack;\nexports.handler = () => a;\n`,
  });
  sameAsWithout(folder);
  assert.ok(run(folder, { file: "maps.js", options: "--enable-source-maps" }).init);
});

test("init is of the handler's file, not of a user's file before it", () => {
  const folder = task({ "before.cjs": `${BUSY}\nbusy(4);\n`, "app.js": `${BUSY}\nbusy(3);\n` });
  const options = `--require=${HOOK} --require=${path.join(folder, "before.cjs")}`;
  const result = run(folder, { env: { NODE_OPTIONS: options } });
  assert.deepEqual(result.lines.filter((line) => line.ms > 2.9 && line.line === 2).map((line) => line.file), ["before.cjs", "app.js"]);
  assert.equal(result.init.file, "app.js");
  assert.equal(run(folder, { env: { NODE_OPTIONS: options, _HANDLER: "" } }).init.file, "before.cjs");
});

test("a CommonJS handler that is imported, in a folder, with the root through a symlink", () => {
  const folder = task({ "src/api.cjs": `${BUSY}\nbusy(3);\nexports.handler = () => 5;\n` });
  const link = `${folder}-link`;
  fs.symlinkSync(folder, link);
  folders.push(link);
  const env = { IMPORT: "1", LAMBDA_TASK_ROOT: link, FILE: path.join(link, "src/api.cjs") };
  const result = run(folder, { file: "src/api.cjs", env });
  assert.equal(result.init.file, "src/api.cjs");
  assert.equal(result.out, "5\n");
});

test("a client that is a CommonJS script is not init", () => {
  const folder = task({ "app.js": `${BUSY}\nbusy(3);\n` });
  const client = path.join(task({ "client.js": `require(process.env.FILE); ${BUSY} busy(30);` }), "client.js");
  const env = { ...process.env, LAMBDA_TASK_ROOT: folder, _HANDLER: "app.handler", FILE: path.join(folder, "app.js"),
    NODE_OPTIONS: `--require=${HOOK}` };
  delete env.NODE_TEST_CONTEXT;
  const { stderr } = spawnSync(process.execPath, [client], { env, encoding: "utf8" });
  const [, whole, lines] = /^lanes: init app\.js ([\d.]+) ms, lines ([\d.]+);/m.exec(stderr);
  assert.ok(Math.abs(whole - lines) < 0.5);
});

test("an ES module: what it loads, no init", () => {
  const files = {
    "node_modules/one/index.js": `require("two"); ${BUSY} busy(5);\n`, "node_modules/two/index.js": `${BUSY}\nbusy(7);\n`,
    "own.cjs": `${BUSY}\nbusy(4);\n`,
  };
  const text = `import "one";\nimport "./own.cjs";\nexport const handler = () => 1;\n`;
  for (const [file, more] of [["app.mjs", {}], ["app.js", { "package.json": '{"type":"module"}' }]]) {
    const result = run(task({ ...files, ...more, [file]: text }), { file, env: { IMPORT: "1" } });
    const [note, line] = result.lines.filter((line) => line.file === file);
    // Said at once, and whatever it imports.
    assert.deepEqual([note.line, note.ms, note.rest], [0, 0, "(an ES module: lines are not told)"]);
    assert.equal(line.line, 0);
    assert.ok(line.ms >= 11.9);
    assert.match(line.rest, /^\(an ES module: lines are not told\) <- (?=.*two [\d.]+ by one)(?=.*one [\d.]+)/);
    assert.ok(result.lines.some((line) => line.file === "own.cjs" && line.line === 2));
    assert.equal(result.init, undefined);
    assert.equal(result.out, "1\n");
  }
});

test("a CommonJS module whose text only looks like an ES module is told by line", () => {
  const looks = {
    "template.js": "const a = `\nimport x from 'x';\nexport default x;\n`;\nexports.handler = () => a;\n",
    "comment.js": "/*\nimport x from 'x';\nawait x;\n*/\nconst a = 1; // import.meta\nexports.handler = () => a;\n",
    "await.js": "const a = function (await) {\nreturn (\nawait );\n};\nexports.handler = () => a(7);\n",
    "hashbang.js": "#!/usr/bin/env node\nconst a = `\nexport default 1;\n`;\nexports.handler = () => a;\n",
    "index/index.js": "const a = 'import.meta';\nexports.handler = () => a;\n",
  };
  const folder = task(looks);
  for (const [file, text] of Object.entries(looks)) {
    const result = sameAsWithout(folder, { file, env: all });
    assert.equal(lineNumbers(result, file).at(-1), text.split("\n").length - 1, file);
  }
});

test("an ES module that only its text shows", () => {
  for (const text of ["import fs from 'node:fs';\nexport const handler = () => 1;\n", "await 0;\nexport const handler = () => 1;\n",
    "const here = import.meta.url;\nexport const handler = () => here.length > 0 ? 1 : 0;\n"]) {
    const folder = task({ "app.js": text });
    const result = sameAsWithout(folder, { env: all });
    assert.deepEqual(lineNumbers(result).filter(Boolean), [], text);
  }
});

test("what an ES module loads with a request is not init", () => {
  const folder = task({
    "app.mjs": `import { createRequire } from "node:module";
export const handler = () => {
  process.env._X_AMZN_TRACE_ID = "";
  return createRequire(import.meta.url)("./late.cjs");
};\n`,
    "late.cjs": `${BUSY}\nbusy(4);\nmodule.exports = [globalThis.__lanes__, require("module")._load.name];\n`,
  });
  const result = sameAsWithout(folder, { file: "app.mjs", env: { IMPORT: "1" } });
  assert.deepEqual(result.lines.map((line) => [line.file, line.line, line.ms]), [["app.mjs", 0, 0]]);
  assert.equal(result.told.length, 1);
});

test("what cannot be told by line is told as a whole", () => {
  const wait = `(() => { ${BUSY} busy(5); })();`;
  const whole = (text, file = "app.js") => run(task({ [file]: text }), { file }).lines.find((line) => line.line === 0)?.rest;
  assert.equal(whole(`${wait}${"var a=1;".repeat(1000)}\n`), "(all of it: minified)");
  assert.equal(whole(`${wait}\n${"// a comment of some length\n".repeat(80_000)}`), "(all 80002 lines: more than 2 MB)");
  assert.equal(whole(`  ${wait}\n`), "(all 2 lines: no statement begins at the left)");
});

test("of many files the first ones are told by line, the others as a whole", () => {
  const files = { "app.js": "" };
  for (let index = 1; index <= 250; index++) {
    files[`lib/m${index}.js`] = `${BUSY}\nmodule.exports = require("one");\n`;
    files["app.js"] += `require("./lib/m${index}");\n`;
  }
  files["app.js"] += `require("./lib/last");\nexports.handler = () => 1;\n`;
  files["lib/last.js"] = `${BUSY}\nbusy(5);\nrequire("one");\n// four`;
  files["node_modules/one/index.js"] = "";
  const folder = task(files);
  const result = sameAsWithout(folder, { env: all });
  // app.js is the first one.
  assert.deepEqual(lineNumbers(result, "lib/m199.js"), [0, 1, 2]);
  assert.deepEqual(lineNumbers(result, "lib/m200.js"), [0]);
  const last = result.lines.find((line) => line.file === "lib/last.js");
  assert.equal(last.rest.replace(/ <- .*/, ""), "(all 4 lines: more than 200 files)");
  assert.ok(last.ms >= 4.9);
  assert.equal(lineNumbers(result).at(-1), 252);
  assert.match(result.lines.find((line) => line.file === "app.js" && line.line === 251).rest, /^<- lib\/last\.js [\d.]+$/);
  assert.ok(Math.abs(result.init.ms - result.init.lines) < 0.5);
});

test("of large files the first ones are told by line, the others as a whole", () => {
  const files = { "app.js": `require("./a");\nrequire("./b");\nrequire("./c");\n` };
  for (const name of "abc") files[`${name}.js`] = `const a = 1;\n${`exports.a = ${"1 + ".repeat(40)} 1;\n`.repeat(3000)}`;
  const result = run(task(files), { env: all });
  assert.equal(lineNumbers(result, "b.js").at(-1), 3001);
  assert.deepEqual(result.lines.filter((line) => line.file === "c.js").map((line) => line.rest), ["(all 3002 lines: more than 1 MB)"]);
  assert.equal(lineNumbers(result).at(-1), 3);
});

test("where nobody reads, the program runs", () => {
  const folder = task({ "app.js": `${BUSY}\nbusy(3);\nexports.handler = () => 1;\n` });
  const env = { ...process.env, LAMBDA_TASK_ROOT: folder, _HANDLER: "app.handler", NODE_OPTIONS: `--require=${HOOK}` };
  delete env.NODE_TEST_CONTEXT;
  const command = `"$0" -e 'console.log(require("./app").handler())' 2>&-`;
  const result = spawnSync("sh", ["-c", command, process.execPath], { cwd: folder, env, encoding: "utf8" });
  assert.equal(result.stdout, "1\n");
});

test("the process's start can be given", () => {
  const folder = task({ "app.js": "exports.handler = () => 1;\n" });
  const result = run(folder, { env: { LANES_T0: String(process.hrtime.bigint() - 5_000_000_000n) } });
  assert.ok(result.init.process >= 5000);
});

test("a second hook, of a layer, steps aside", () => {
  const folder = task({ "app.js": `${BUSY}\nbusy(5);\nexports.handler = () => [process.env.NODE_OPTIONS, "__lanes__" in globalThis];\n` });
  const copy = path.join(folder, "copy.cjs");
  fs.copyFileSync(HOOK, copy);
  const result = run(folder, { options: `--require=${copy}` });
  assert.equal(result.told.filter((line) => line.startsWith("lanes: init")).length, 1);
  assert.deepEqual(lineNumbers(result), [2]);
  assert.equal(result.out, "[ undefined, false ]\n");
});
