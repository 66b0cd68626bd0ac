import Testing

@Suite struct ServeSuite {}
