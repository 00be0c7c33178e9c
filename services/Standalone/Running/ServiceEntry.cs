namespace Integration.Standalone.Running;

/// <summary>A service that can run in this process.</summary>
/// <param name="Folder">In <c>services/</c>.</param>
/// <param name="Name">As it calls itself.</param>
/// <param name="Port">Of its own.</param>
/// <param name="Create">Its composition root.</param>
internal sealed record ServiceEntry(
    string Folder,
    string Name,
    int Port,
    Func<string[], Action<WebApplicationBuilder>?, WebApplication> Create
)
{
    /// <summary>For people.</summary>
    public string Title => Name.Replace('-', ' ');
}
