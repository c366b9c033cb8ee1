package import Attack
package import Events

/// What rules are checked against: a version of ATT&CK, the event map and the field map.
package struct Knowledge: Sendable {
  package let attack: AttackMatrix
  package let events: EventMap
  package let fields: FieldMap
  /// ATT&CK's detection strategies in terms of the event map.
  package let strategies: StrategyEvents

  package init(attack: AttackMatrix, events: EventMap, fields: FieldMap) {
    self.attack = attack
    self.events = events
    self.fields = fields
    strategies = StrategyEvents(attack, events)
  }
}
