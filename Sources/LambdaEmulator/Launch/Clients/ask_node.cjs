// Questions to a Node.js before it runs a function; the argument is the script of aws-lambda-ric, in its package's bin.
console.log("lanes version " + process.versions.node);
console.log("lanes executable " + process.execPath);
if (process.argv[1]) {
  const path = require("path");
  const file = path.join(path.dirname(process.argv[1]), "..", "package.json");
  try { console.log("lanes client " + JSON.parse(require("fs").readFileSync(file)).version); } catch {}
}
