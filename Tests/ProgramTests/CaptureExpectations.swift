/// The true course of each capture of the emulator, read from its lines by hand.
///
/// A row is: phase, begin, end, outcome or `inferred`, begin of the request id. Times are those of the stamps. An init
/// lasts as long as INIT REPORT says. An invocation begins at INVOKE START; a good one lasts as long as REPORT's
/// Duration less the INIT REPORT that it contains. `frozen` is never said, it is where the emulator idles. Shutdown is
/// from `Reset initiated` or `Shutdown initiated` to `Waiting for runtime domain processes termination`.
struct CaptureExpectation {
  var name: String
  var spans: String
  var requests: Int
  var reinits = 0
  var errors = 0
  var timeouts = 0
  /// Of the first INIT REPORT, if that init was good.
  var initMs: Double?
}

extension CaptureExpectation {
  static let all = good + failing + marked

  /// Marks of a file are moments: they divide no init.
  private static let marked: [CaptureExpectation] = [
    // The second request's error is reported at level debug: an error to the caller, a success of the
    // environment.
    CaptureExpectation(
      name: "errors-debug",
      spans: """
        init     23:16:56.080 23:16:56.265 success
        invoke   23:16:56.265 23:16:56.287 success d4f04cc7
        frozen   23:16:56.287 23:16:56.488 inferred
        invoke   23:16:56.488 23:16:56.510 success 816531d6
        frozen   23:16:56.510 23:16:56.712 inferred
        invoke   23:16:56.712 23:16:56.813 success f48d6cda
        frozen   23:16:56.813 23:16:57.515 inferred
        shutdown 23:16:57.515 23:16:57.517 success
        """, requests: 3, errors: 1, initMs: 185.348),
    CaptureExpectation(
      name: "import-times",
      spans: """
        init     23:16:58.654 23:16:58.825 success
        invoke   23:16:58.825 23:16:58.847 success f384ac92
        frozen   23:16:58.847 23:16:59.548 inferred
        shutdown 23:16:59.548 23:16:59.549 success
        """, requests: 1, initMs: 170.549),
  ]

  static let good: [CaptureExpectation] = [
    CaptureExpectation(
      name: "cold-3warm-info",
      spans: """
        init     03:06:29.104 03:06:29.995 success
        invoke   03:06:29.996 03:06:30.000 success 74a70628
        frozen   03:06:30.000 03:06:31.001 inferred
        invoke   03:06:31.001 03:06:31.002 success 51d16d04
        frozen   03:06:31.002 03:06:32.004 inferred
        invoke   03:06:32.004 03:06:32.005 success 7398c988
        frozen   03:06:32.005 03:06:33.006 inferred
        invoke   03:06:33.006 03:06:33.010 success 870e33e6
        frozen   03:06:33.010 03:06:33.512 inferred
        shutdown 03:06:33.512 03:06:33.522 success
        """, requests: 4, initMs: 891.17),
    CaptureExpectation(
      name: "cold-3warm-debug",
      spans: """
        init     03:06:34.049 03:06:34.992 success
        invoke   03:06:34.992 03:06:34.993 success 2e06b1df
        frozen   03:06:34.993 03:06:35.995 inferred
        invoke   03:06:35.995 03:06:35.996 success ce3f97fc
        frozen   03:06:35.996 03:06:37.005 inferred
        invoke   03:06:37.005 03:06:37.006 success 18dafbc3
        frozen   03:06:37.006 03:06:38.008 inferred
        invoke   03:06:38.008 03:06:38.009 success 56850f5f
        frozen   03:06:38.009 03:06:38.510 inferred
        shutdown 03:06:38.510 03:06:38.512 success
        """, requests: 4, initMs: 942.442),
    // The exception of the second request is in the function's output alone; the environment stays warm.
    CaptureExpectation(
      name: "handler-raises-info",
      spans: """
        init     03:06:43.512 03:06:44.422 success
        invoke   03:06:44.423 03:06:44.427 success b3fc16a2
        frozen   03:06:44.427 03:06:44.928 inferred
        invoke   03:06:44.928 03:06:44.931 success b96d41f6
        frozen   03:06:44.931 03:06:45.432 inferred
        invoke   03:06:45.432 03:06:45.433 success cd482414
        frozen   03:06:45.433 03:06:45.734 inferred
        shutdown 03:06:45.734 03:06:45.735 success
        """, requests: 3, errors: 1, initMs: 910.28),
    CaptureExpectation(
      name: "sigterm-idle-info",
      spans: """
        init     03:08:00.759 03:08:01.650 success
        invoke   03:08:01.651 03:08:01.652 success 7c8b69ea
        frozen   03:08:01.652 03:08:03.653 inferred
        shutdown 03:08:03.653 03:08:03.655 success
        """, requests: 1, initMs: 891.405),
    // The extension works 50 ms longer than the runtime on each request: REPORT's Duration holds that.
    CaptureExpectation(
      name: "extension-info",
      spans: """
        extensionInit 03:08:11.873 03:08:12.289 success
        init     03:08:12.289 03:08:13.151 success
        invoke   03:08:13.151 03:08:13.204 success dbbce82e
        frozen   03:08:13.204 03:08:14.205 inferred
        invoke   03:08:14.205 03:08:14.258 success 5b3f0d17
        frozen   03:08:14.258 03:08:15.259 inferred
        shutdown 03:08:15.259 03:08:15.382 success
        """, requests: 2, initMs: 1278.11),
    CaptureExpectation(
      name: "extension-debug",
      spans: """
        extensionInit 03:08:15.755 03:08:16.166 success
        extensionInit 03:08:15.755 03:08:16.375 success
        init     03:08:16.167 03:08:17.020 success
        invoke   03:08:17.020 03:08:17.073 success 5e81ab60
        frozen   03:08:17.073 03:08:18.074 inferred
        invoke   03:08:18.074 03:08:18.128 success a5d427c1
        frozen   03:08:18.128 03:08:19.129 inferred
        shutdown 03:08:19.129 03:08:19.266 success
        """, requests: 2, initMs: 1265.108),
    CaptureExpectation(
      name: "ext-ignores-shutdown-info",
      spans: """
        extensionInit 03:08:31.250 03:08:31.807 success
        init     03:08:31.807 03:08:32.748 success
        invoke   03:08:32.748 03:08:32.800 success 422cddcf
        frozen   03:08:32.800 03:08:33.800 inferred
        shutdown 03:08:33.800 03:08:35.804 killed
        """, requests: 1, initMs: 1497.464),
  ]

  static let failing: [CaptureExpectation] = [
    // After its reset nothing runs, so that nothing is frozen until the next request initialises again.
    CaptureExpectation(
      name: "timeout2s-info",
      spans: """
        init     03:06:47.987 03:06:48.867 success
        invoke   03:06:48.868 03:06:48.874 success 090c4eae
        frozen   03:06:48.874 03:06:49.375 inferred
        invoke   03:06:49.375 03:06:51.375 timeout cff83264
        shutdown 03:06:51.375 03:06:51.376 timeout
        init     03:06:52.487 03:06:53.383 success
        invoke   03:06:53.383 03:06:53.387 success 00939853
        frozen   03:06:53.387 03:06:53.891 inferred
        invoke   03:06:53.891 03:06:53.892 success d34c141a
        frozen   03:06:53.892 03:06:54.193 inferred
        shutdown 03:06:54.193 03:06:54.194 success
        """, requests: 4, reinits: 1, timeouts: 1, initMs: 880.124),
    CaptureExpectation(
      name: "handler-crash-info",
      spans: """
        init     03:07:00.551 03:07:01.463 success
        invoke   03:07:01.463 03:07:01.464 success 1c83631b
        frozen   03:07:01.464 03:07:01.969 inferred
        invoke   03:07:01.969 03:07:01.973 error ebd7da75
        shutdown 03:07:01.973 03:07:01.973 failure
        init     03:07:02.976 03:07:03.831 success
        invoke   03:07:03.832 03:07:03.836 success d8c7de90
        frozen   03:07:03.836 03:07:04.340 inferred
        invoke   03:07:04.340 03:07:04.362 error 5fc28db1
        shutdown 03:07:04.362 03:07:04.362 failure
        init     03:07:04.870 03:07:05.779 success
        invoke   03:07:05.780 03:07:05.783 success 5e76367b
        frozen   03:07:05.783 03:07:06.088 inferred
        shutdown 03:07:06.088 03:07:06.090 success
        """, requests: 5, reinits: 2, errors: 2, initMs: 912.274),
    // The emulator tidies up after the failed init (spindown), tries again at once, which fails in 0.031 ms, and resets:
    // two shutdowns in the same millisecond, of which one is counted. `Sandbox.` errors are failures, others errors.
    CaptureExpectation(
      name: "init-exception-info",
      spans: """
        init     03:07:11.703 03:07:12.715 error
        shutdown 03:07:12.715 03:07:12.715 failure
        init     03:07:12.715 03:07:12.715 error
        invoke   03:07:12.715 03:07:12.715 failure 02ff7ba6
        shutdown 03:07:12.715 03:07:12.715 failure
        init     03:07:13.717 03:07:14.670 error
        invoke   03:07:14.670 03:07:14.670 error 4bee757c
        shutdown 03:07:14.670 03:07:14.670 failure
        shutdown 03:07:15.174 03:07:15.174 success
        """, requests: 2, reinits: 1, errors: 2),
    // The second request is running when a third comes: the emulator panics, and nobody gets an answer.
    CaptureExpectation(
      name: "concurrent-info",
      spans: """
        init     03:08:40.371 03:08:41.262 success
        invoke   03:08:41.262 03:08:41.264 success 4bdce72e
        frozen   03:08:41.264 03:08:41.766 inferred
        invoke   03:08:41.766 03:08:41.866 failure cb1175dc
        """, requests: 3, errors: 2, initMs: 890.93),
  ]
}
