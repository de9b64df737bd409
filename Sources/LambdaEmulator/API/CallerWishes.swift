/// The settings that a caller sends beside the event.
struct CallerWishes {
  var functionName = ""
  var qualifier = ""
  var wantsLog = false
  /// As JSON; nil for none.
  var clientContext: String?
  /// By X-Ray's header; nil for none.
  var traceID: String?

  /// The function's own name, with the version's behind it if there is one: NAME, NAME:ALIAS, or either
  /// behind ACCOUNT:function: or an ARN's beginning (API_Invoke page).
  private var ownName: Substring {
    // Nearly always it is a name alone, and this is asked for each request.
    guard functionName.utf8.contains(UInt8(ascii: ":")), let mark = functionName.firstRange(of: "function:")
    else { return functionName[...] }
    return functionName[mark.upperBound...]
  }

  /// The version or alias that is called.
  var version: String {
    if !qualifier.isEmpty { return qualifier }
    guard functionName.utf8.contains(UInt8(ascii: ":")) else { return "$LATEST" }
    let parts = ownName.split(separator: ":", maxSplits: 1)
    return parts.count > 1 ? String(parts[1]) : "$LATEST"
  }

  /// The owner of functions here: nobody's account.
  static let account = "012345678912"

  /// The ARN of the function, as the function itself sees it.
  func arn(region: String) -> String {
    let suffix = qualifier.isEmpty ? "" : ":\(qualifier)"
    if functionName.hasPrefix("arn:") { return functionName + suffix }
    return "arn:aws:lambda:\(region):\(Self.account):function:\(ownName)\(suffix)"
  }
}
