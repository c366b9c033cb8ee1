import Analysis
import ArgumentParser

/// A share that a gate asks for, in percent from 0 to 100, exactly as it was written.
struct CoverageThreshold: ExpressibleByArgument, Hashable {
  let text: String
  /// The percent times ``scale``.
  private let scaled: Int
  /// A power of ten.
  private let scale: Int

  /// Digits, and behind a point up to six more.
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

  /// Whether a part of a whole is as much; compared in whole numbers, since a share that is rounded may seem to be.
  func isMet(by part: Int, of whole: Int) -> Bool { part * 100 * scale >= scaled * whole }

  /// What a part of a whole is that isn't as much: with one decimal, or as many as it takes to see that it isn't.
  func shortfall(_ part: Int, of whole: Int) -> String {
    let digits = (1...9).first { digits in
      let unit = (0..<digits).reduce(1) { unit, _ in unit * 10 }
      return (2 * part * 100 * unit + whole) / (2 * whole) * scale < scaled * unit
    }
    return percent(part, of: whole, decimals: digits ?? 9)
  }
}
