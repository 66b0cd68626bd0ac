// Which tenants and hosts exist, and where. It stands behind these few methods so that another store can take the place
// of `control.sqlite` when tenants live on more than one machine.

public protocol Directory: Sendable {
    /// All tenants in the order of their names.
    func tenants() throws(Refusal) -> [Tenant]
    func tenant(_ slug: Slug) throws(Refusal) -> Tenant?
    /// The tenant that a host name is mapped to; `host` in lower case, without port.
    func tenant(host: String) throws(Refusal) -> Tenant?
    /// Refused with `conflict` when the slug is taken.
    func add(_ tenant: Tenant) throws(Refusal)
    /// Not found where there is no such tenant; so for the next four.
    func place(_ tenant: Slug, at place: Tenant.Place) throws(Refusal)
    /// How the tenant is called on the pages of the installation, and in which zone it is. Not found where there is none.
    func describe(_ tenant: Slug, name: String, timeZone: String) throws(Refusal)
    /// A host that was another tenant's is this one's from now on.
    func map(host: String, to tenant: Slug) throws(Refusal)
    func remove(_ tenant: Slug) throws(Refusal)
    /// In one step another slug, another name and a place here; its hosts stay its own. Refused with `conflict` when the
    /// slug is another's.
    func rename(_ tenant: Slug, to slug: Slug, name: String) throws(Refusal)
    /// All host names in order, with the tenants that they are mapped to.
    func hosts() throws(Refusal) -> [(name: String, tenant: Slug)]
    /// Not found where nobody has the host.
    func unmap(host: String) throws(Refusal)
    /// Proves that a commit reaches the disk.
    func proveCommit() throws(Refusal)
}
