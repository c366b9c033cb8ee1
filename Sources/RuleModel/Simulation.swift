/// An attack to play that a rule must detect: a test of Atomic Red Team or of a similar collection.
package struct Simulation: Hashable, Sendable {
  /// The collection, as written: `atomic-red-team`.
  package var collection: String?
  package var name: String?
  /// What it plays.
  package var technique: TechniqueID?
  /// Its id in the collection; Atomic Red Team's are UUIDs.
  package var id: String?

  package init(collection: String? = nil, name: String? = nil, technique: TechniqueID? = nil, id: String? = nil) {
    (self.collection, self.name, self.technique, self.id) = (collection, name, technique, id)
  }
}
