namespace Integration.Hosting;

/// <summary>A configuration section and the options that it is bound to.</summary>
/// <param name="Name">E.g. <c>Bus</c>, or <c>Http:Authentications</c>.</param>
/// <param name="Options">The class.</param>
public sealed record SettingsSection(string Name, Type Options)
{
    /// <summary>As the environment writes it, e.g. <c>Http__Authentications</c>.</summary>
    public string Level => Name.Replace(":", "__", StringComparison.Ordinal);
}
