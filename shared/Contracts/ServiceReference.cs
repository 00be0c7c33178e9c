namespace Integration.Contracts;

/// <summary>The process that did the work.</summary>
/// <param name="Name">The service, e.g. <c>rest</c>.</param>
/// <param name="Version">Its version, e.g. <c>0.1.0</c>.</param>
/// <param name="Instance">One running process of it; different after every start.</param>
public sealed record ServiceReference(string Name, string? Version = null, string? Instance = null);
