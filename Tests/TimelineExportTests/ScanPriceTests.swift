import Testing
import TimelineExport

@Suite struct ScanPriceTests {
  @Test(arguments: [
    (0.0, "0.0 KB, $0.00"), (1_536, "1.5 KB, less than $0.01"), (5 * 1_073_741_824.0, "5.0 GB, $0.03"),
    (2_500 * 1_073_741_824.0, "2,500.0 GB, $12.50"),
  ])
  func isSaidWithTwoDecimals(bytes: Double, words: String) {
    #expect(
      ScanPrice(bytes: bytes).description.hasPrefix(words + " (us-east-1: $0.005 a GB, AWS's price list of "))
  }
}
