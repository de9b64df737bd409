// Speaks AWS Lambda's Runtime API for a Node.js function where aws-lambda-ric is not installed: its handler lookup, its
// error types, its console, streamed responses. Node.js 18 and later. Not here: JSON log format, the X-Ray error cause.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import util from "node:util";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const API = "/2018-06-01/runtime";
const STREAMS = Symbol.for("aws.lambda.runtime.handler.streaming");
const env = process.env;
const [host, port] = env.AWS_LAMBDA_RUNTIME_API.split(":");
// One connection, kept open: what arrives on it belongs to this process.
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let requestId = "";
// Ends the request when nothing is left that could, as where a callback is never called; null between requests.
let whenIdle = null;

class Fault extends Error {
  constructor(kind, message, trace = []) {
    super(message);
    this.kind = kind;
    this.trace = trace;
  }
}

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path: API + path, headers, agent }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        const content = Buffer.concat(parts);
        if (answer.statusCode >= 300) {
          fs.writeSync(2, `lanes_runtime: ${method} ${API}${path}: status ${answer.statusCode}: ${content}\n`);
          process.exit(1);
        }
        resolve({ headers: answer.headers, content });
      });
    });
    request.setNoDelay(true);
    request.on("error", reject);
    request.end(body);
  });
}

// As in Lambda a line has its time, the request and the level. It is written at once: an answer must not overtake it.
function patchConsole() {
  const levels = { trace: "TRACE", debug: "DEBUG", info: "INFO", log: "INFO", warn: "WARN", error: "ERROR" };
  for (const [name, level] of Object.entries(levels)) {
    console[name] = (...words) => {
      write(`${new Date().toISOString()}\t${requestId || "undefined"}\t${level}\t${util.format(...words)}\n`);
    };
  }
}

function write(text) {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(fs.writeSync(1, bytes));
    } catch (error) {
      if (error.code !== "EAGAIN") return;
    }
  }
}

// The frames of this file are of no use to whoever reads the trace.
function stackOf(error) {
  const ours = fileURLToPath(import.meta.url);
  return String(error.stack).split("\n").filter((line) => !line.includes(ours) && !line.includes("node:internal"));
}

function describe(error) {
  if (error instanceof Fault) {
    const first = `${error.kind}: ${error.message}`;
    return { errorType: error.kind, errorMessage: error.message, trace: error.trace.length ? error.trace : [first] };
  }
  if (util.types.isNativeError(error) || error instanceof Error) {
    return { errorType: error.name || "Error", errorMessage: error.message, trace: stackOf(error) };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

async function report(path, thrown, title) {
  const error = describe(thrown);
  const shown = { errorType: error.errorType, errorMessage: error.errorMessage, stack: error.trace };
  const time = new Date().toISOString();
  write(`${time}\t${requestId || "undefined"}\tERROR\t${title}\t${JSON.stringify(shown)}\n`);
  const body = { errorType: error.errorType, errorMessage: error.errorMessage, trace: error.trace };
  await call("POST", path, JSON.stringify(body), {
    "Content-Type": "application/json",
    // Latin-1 is all that a header holds.
    "Lambda-Runtime-Function-Error-Type": error.errorType.replace(/[^\x20-\x7e]/g, "?"),
  });
}

const isModule = (file) => {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    try {
      return JSON.parse(fs.readFileSync(path.join(folder, "package.json"))).type === "module";
    } catch (error) {
      if (error.code !== "ENOENT" || folder === path.dirname(folder)) return false;
    }
  }
};

async function load(file) {
  const ending = [".js", ".mjs", ".cjs"].find((ending) => fs.existsSync(file + ending));
  if (!ending) throw new Fault("Runtime.ImportModuleError", `Error: Cannot find module '${path.basename(file)}'`);
  const whole = file + ending;
  try {
    if (ending === ".mjs" || (ending === ".js" && isModule(whole))) return await import(pathToFileURL(whole));
    return createRequire(whole)(whole);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Fault("Runtime.UserCodeSyntaxError", `${error}`, stackOf(error));
    if (["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"].includes(error?.code)) {
      throw new Fault("Runtime.ImportModuleError", `${error}`, stackOf(error));
    }
    throw error;
  }
}

// The module is the last part of the path up to its first dot; what follows may be nested: folder/app.api.handler.
async function findHandler(name) {
  const parts = /^([^.]*)\.(.*)$/.exec(path.basename(name));
  if (!parts || name.includes("..")) throw new Fault("Runtime.MalformedHandlerName", "Bad handler");
  const module = await load(path.resolve(env.LAMBDA_TASK_ROOT ?? ".", path.dirname(name), parts[1]));
  const pick = (from) => parts[2].split(".").reduce((value, key) => value?.[key], from);
  const handler = pick(module) ?? pick(module.default);
  if (handler === undefined) {
    throw new Fault("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (typeof handler !== "function") throw new Fault("Runtime.HandlerNotFound", `${name} is not a function`);
  return handler;
}

function contextOf(headers) {
  const json = (name, title) => {
    try {
      return headers[name] ? JSON.parse(headers[name]) : undefined;
    } catch (error) {
      throw new Fault("Runtime.UnmarshalError", `Cannot parse ${title} as json: ${error}`);
    }
  };
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    callbackWaitsForEmptyEventLoop: true,
    awsRequestId: requestId,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: json("lambda-runtime-client-context", "ClientContext"),
    identity: json("lambda-runtime-cognito-identity", "CognitoIdentity"),
    tenantId: headers["lambda-runtime-aws-tenant-id"],
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

// Both styles: a promise, or a callback as the third argument.
function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const done = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    Object.assign(context, { done, succeed: resolve, fail: (error) => reject(error ?? "handled") });
    whenIdle = () => resolve(null);
    // The answer of a callback waits until nothing is left to do, unless the handler wants it at once (nodejs-handler page).
    const callback = (error, result) => {
      const failed = error !== null && error !== undefined;
      if (failed || !context.callbackWaitsForEmptyEventLoop) return done(error, result);
      whenIdle = () => resolve(result);
    };
    const result = handler(event, context, callback);
    if (typeof result?.then === "function") result.then(resolve, reject);
  });
}

function marshal(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch (error) {
    throw new Fault("Runtime.MarshalError", `Unable to stringify response body: ${error.message}`, stackOf(error));
  }
}

// The response is open while the handler runs; a failure then is reported in its trailers.
function stream(handler, event, context) {
  const trailers = ["Lambda-Runtime-Function-Error-Type", "Lambda-Runtime-Function-Error-Body"];
  return new Promise((resolve, reject) => {
    const request = http.request({
      host, port, agent, method: "POST", path: `${API}/invocation/${requestId}/response`,
      headers: {
        "Content-Type": "application/octet-stream", "Transfer-Encoding": "chunked",
        "Lambda-Runtime-Function-Response-Mode": "streaming", Trailer: trailers.join(", "),
      },
    }, (answer) => answer.resume().on("end", resolve));
    request.on("error", reject);
    request.setContentType = (type) => request.setHeader("Content-Type", type);
    const fail = (thrown) => {
      if (request.writableEnded) return;
      const error = describe(thrown);
      write(`${new Date().toISOString()}\t${requestId}\tERROR\tInvoke Error\t${JSON.stringify(error)}\n`);
      request.addTrailers({
        [trailers[0]]: error.errorType, [trailers[1]]: Buffer.from(JSON.stringify(error)).toString("base64"),
      });
      request.end();
    };
    whenIdle = () => request.end();
    // Async, so that an exception of a plain function is one too.
    (async () => handler(event, request, context))().then(() => request.writableEnded || request.end(), fail);
  });
}

globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [STREAMS]: "response" }),
  HttpResponseStream: {
    from(stream, prelude) {
      stream.setContentType("application/vnd.awslambda.http-integration-response");
      stream.write(JSON.stringify(prelude));
      stream.write(Buffer.alloc(8));
      return stream;
    },
  },
};

async function invoke(handler) {
  const { headers, content } = await call("GET", "/invocation/next");
  requestId = headers["lambda-runtime-aws-request-id"];
  env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"] ?? "";
  let result;
  try {
    const context = contextOf(headers);
    let event;
    try {
      event = JSON.parse(content);
    } catch (error) {
      throw new Fault("Runtime.UnmarshalError", `${error}`);
    }
    if (handler[STREAMS]) {
      await stream(handler, event, context);
      whenIdle = null;
      return;
    }
    result = marshal(await run(handler, event, context));
  } catch (error) {
    whenIdle = null;
    await report(`/invocation/${requestId}/error`, error, "Invoke Error");
    return;
  }
  whenIdle = null;
  await call("POST", `/invocation/${requestId}/response`, result, { "Content-Type": "application/json" });
}

// Nobody catches it: the request fails, and the process with it, as in Lambda.
async function die(error, title, status) {
  // A streamed response that is under way breaks off.
  agent.destroy();
  if (requestId && !whenIdle) write(`${new Date().toISOString()}\t${requestId}\tERROR\t${title}\t${stackOf(error)}\n`);
  else await report(requestId ? `/invocation/${requestId}/error` : "/init/error", error, title).catch(() => {});
  process.exit(status);
}

process.on("uncaughtException", (error) => die(error, "Uncaught Exception", 129));
process.on("unhandledRejection", (reason) => {
  die(new Fault("Runtime.UnhandledPromiseRejection", `${reason}`, reason?.stack ? stackOf(reason) : []),
    "Unhandled Promise Rejection", 128);
});
process.on("beforeExit", () => whenIdle?.());

patchConsole();
let handler;
try {
  handler = await findHandler(env._HANDLER);
} catch (error) {
  await report("/init/error", error, "Uncaught Exception");
  process.exit(1);
}
for (;;) await invoke(handler);
