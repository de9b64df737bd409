/// How likely a draw from the standard normal distribution is to be at least `z`; exact to about twelve digits.
package func normalUpperTail(_ z: Double) -> Double {
  if z < 0 { return 1 - normalUpperTail(-z) }
  // A tail further out cannot be distinguished from nothing.
  if z > 38 { return 0 }
  let density = portableExp(-z * z / 2) * 0.3989422804014327
  if z < 3 {
    // Φ(z) − 1/2 as a series: its terms are all positive.
    var (term, sum, k) = (z, z, 1.0)
    while term > sum * 1e-17 {
      term *= z * z / (2 * k + 1)
      sum += term
      k += 1
    }
    return 0.5 - density * sum
  }
  // Laplace's continued fraction, from the inside out.
  var fraction = z
  for k in stride(from: 60.0, to: 0, by: -1) { fraction = z + k / fraction }
  return density / fraction
}
