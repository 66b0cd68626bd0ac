// SLA
