import Analysis
import ArgumentParser

/// A percentage required by a gate, from 0 to 100, exactly as written.
struct CoverageThreshold: ExpressibleByArgument, Hashable {
  let text: String
  /// The percentage times ``scale``.
  private let scaled: Int
  /// A power of ten.
  private let scale: Int

  /// Digits, optionally followed by a point and up to six more.
  init?(argument: String) {
    let parts = argument.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard whole.utf8.count <= 3, fraction.utf8.count <= 6,
      (whole + fraction).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let scaled = Int(whole + fraction)
    else { return nil }
    let scale = fraction.utf8.reduce(1) { scale, _ in scale * 10 }
    guard scaled <= 100 * scale else { return nil }
    (self.text, self.scaled, self.scale) = (argument, scaled, scale)
  }

  /// Whether a part reaches this percentage of a whole; compared as integers, since a rounded percentage could appear
  /// to reach it.
  func isMet(by part: Int, of whole: Int) -> Bool { part * 100 * scale >= scaled * whole }

  /// The percentage that falls short: with one decimal, or as many as it takes to see that it does.
  func shortfall(_ part: Int, of whole: Int) -> String {
    let digits = (1...9).first { digits in
      let unit = (0..<digits).reduce(1) { unit, _ in unit * 10 }
      return (2 * part * 100 * unit + whole) / (2 * whole) * scale < scaled * unit
    }
    return percent(part, of: whole, decimals: digits ?? 9)
  }
}
