namespace Integration.Sql.Running;

/// <summary>The file that a query is saved to.</summary>
/// <param name="Store">Name of a configured file store.</param>
/// <param name="Form">What it holds.</param>
/// <param name="Name">What people call it.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record FileWanted(string Store, ExportForm Form, string? Name, string ContentType);
