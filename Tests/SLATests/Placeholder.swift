import Testing

@Suite struct SLASuite {}
