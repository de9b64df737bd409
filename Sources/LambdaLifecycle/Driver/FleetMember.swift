/// An environment of a fleet, as far as its world has to know it, after all that the signal at work has done to it.
package struct FleetMember: Sendable {
  /// Its place in the fleet's table, which another one may take when it is gone.
  package let slot: Fleet.Slot
  /// Its running number, from 1 in order of creation: no other one ever has it.
  package let birth: UInt32
  /// The place of its function, and of the settings that it was created with.
  package let function: Int
  package let configuration: Int
  package let type: InitializationType
  /// SnapStart: it resumes from the snapshot, and is not the one that makes it.
  package let restoresSnapshot: Bool
  /// Of the processes that are alive, or are started next.
  package let generation: Generation
  /// The invocation it works on or that waits for init; 0 for none or when it is over, and always for Managed Instances.
  package let invocation: Invocation
}

extension Fleet {
  /// Inlined, so that what is not looked at is not read either.
  @inline(__always)
  func member(_ slot: Slot) -> FleetMember {
    FleetMember(
      slot: slot, birth: birth(of: slot), function: function(of: slot),
      configuration: configuration(of: slot),
      type: type(of: slot), restoresSnapshot: restoresSnapshot(slot), generation: generation(of: slot),
      invocation: invocation(of: slot))
  }
}
