import Testing

@Suite struct AtiendeSuite {}
