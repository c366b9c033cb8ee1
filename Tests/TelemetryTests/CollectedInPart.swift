import Testing

@testable import Telemetry

/// Neither everything nor nothing of it comes for sure.
func expectPart(_ collection: EventCollection, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(collection.isCollected, sourceLocation: sourceLocation)
  #expect(!collection.isWhole, sourceLocation: sourceLocation)
}
