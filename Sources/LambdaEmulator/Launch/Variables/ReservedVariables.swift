/// The variables that Lambda sets itself and that a function's settings may not name (configuration-envvars, "Reserved
/// environment variables").
enum ReservedVariables {
  static let names: Set<String> = [
    "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "AWS_LAMBDA_MAX_CONCURRENCY",
    "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN",
  ]

  /// Advice on what to do instead.
  static func advice(_ name: String) -> String {
    switch name {
    case "AWS_REGION", "AWS_DEFAULT_REGION": "Set it in your shell: AWS_REGION=eu-west-1 lanes run …"
    case "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN":
      "Set it in your shell, or name a profile there: AWS_PROFILE=dev lanes run …"
    case "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "Give the memory: --memory 512MB"
    case "AWS_LAMBDA_FUNCTION_NAME": "Give the name: --name hello"
    case "_HANDLER": "Name the handler: lanes run app.handler"
    case "LAMBDA_TASK_ROOT": "Give the folder of your code: --code FOLDER"
    default: "Leave it out, or choose another name."
    }
  }
}
