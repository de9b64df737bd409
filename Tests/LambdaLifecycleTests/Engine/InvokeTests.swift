import LambdaLifecycle
import Testing

@Suite("Invoke")
struct InvokeTests {
  @Test("frozen between invocations, thawed for the next [execution environment page]")
  func freezeAndThaw() throws {
    let life = try Life(
      Life.warm + """
        300 request
        500 response
        500 runtime next
        900 …
        """)
    #expect(
      life.lanes.hasSuffix(
        """
        invoke                ==
        frozen             ===  ===>
        """))
    #expect(
      life.orders == """
        0 start runtime
        0 freeze
        300 thaw
        300 deliver to runtime
        500 freeze
        """)
  }

  @Test("extensions are released before the runtime [handlers.go]")
  func extensionsFirst() throws {
    let life = try Life(extensions: 2, Life.warmWithExtensions + "300 request")
    #expect(
      life.orders.hasSuffix(
        """
        300 thaw
        300 deliver to extensions 0,1
        300 deliver to runtime
        """))
  }

  @Test("the caller has the response before extensions are done [Extensions API page]")
  func responseFirst() throws {
    let life = try Life(
      extensions: 2,
      Life.warmWithExtensions + """
        300 request
        500 response
        550 runtime next
        600 extension 1 next
        800 extension 0 next
        """)
    #expect(
      life.answers == """
        500 caller: success
        550 runtime done: success
        800 report: duration 500 init 0 success
        """)
  }

  @Test("invoke ends with the runtime and all extensions, whoever is last [execution environment page]")
  func endOfInvoke() throws {
    let runtimeLast = try Life(
      extensions: 2,
      Life.warmWithExtensions + """
        300 request
        400 extension 1 next
        600 extension 0 next
        900 response
        900 runtime next
        1000 …
        """)
    #expect(
      runtimeLast.lanes.hasSuffix(
        """
        invoke                ======
        frozen             ===      >
        """))
    let extensionLast = try Life(
      extensions: 2,
      Life.warmWithExtensions + """
        300 request
        400 extension 1 next
        600 response
        600 runtime next
        900 extension 0 next
        1000 …
        """)
    #expect(extensionLast.lanes == runtimeLast.lanes)
  }

  @Test(
    "a handler's exception is an error for the caller; the phase succeeds, the environment stays warm [rapid]"
  )
  func handlerError() throws {
    let life = try Life(
      Life.warm + """
        300 request
        500 error response
        500 runtime next
        600 …
        """)
    #expect(
      life.lanes.hasSuffix(
        """
        invoke                ==
        frozen             ===  >
        """))
    #expect(
      life.answers == """
        500 caller: error
        500 runtime done: success
        500 report: duration 200 init 0 success
        """)
  }
}
