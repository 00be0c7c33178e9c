namespace Integration.Hosting;

/// <summary>A configuration section and the options that it is bound to.</summary>
/// <param name="Name">E.g. <c>Bus</c>.</param>
/// <param name="Options">The class.</param>
public sealed record SettingsSection(string Name, Type Options);
