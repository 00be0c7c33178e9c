namespace Integration.Egress;

/// <summary>Why an address may not be called.</summary>
/// <param name="Reason">A clause, e.g. "10.1.2.3 is a private address".</param>
/// <param name="WayOut">A sentence that names the setting.</param>
public sealed record EgressRefusal(string Reason, string WayOut);
