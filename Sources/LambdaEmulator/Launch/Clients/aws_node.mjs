// Runs AWS's client, whose script is named behind this one, with the handler that _HANDLER names by now: an exec wrapper may
// have put another one there.
import { pathToFileURL } from "node:url";

process.argv = [process.argv[0], process.argv[2], process.env._HANDLER];
await import(pathToFileURL(process.argv[1]));
