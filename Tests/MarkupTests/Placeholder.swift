import Testing

@Suite struct MarkupSuite {}
