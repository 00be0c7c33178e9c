using System.Xml.Linq;

namespace Integration.Standalone.Samples;

/// <summary>A BPMN file of the sample, embedded in this program.</summary>
/// <param name="Id">The BPMN process id, which is the file's name too.</param>
internal sealed record SampleProcess(string Id)
{
    private readonly Lazy<Dictionary<string, string>> _names = new(() => Names(Id));

    public static IReadOnlyList<SampleProcess> All { get; } =
    [new("credit-request"), new("zip-code-check"), new("orders-to-several-destinations")];

    /// <summary>The file.</summary>
    public Stream Open() => Open(Id);

    /// <summary>What an element is called in the diagram.</summary>
    public string NameOf(string? element) => _names.Value.GetValueOrDefault(element ?? "", element ?? Id);

    private static Stream Open(string id) =>
        typeof(SampleProcess).Assembly.GetManifestResourceStream($"{id}.bpmn")
        ?? throw new InvalidOperationException($"The program does not contain {id}.bpmn.");

    private static Dictionary<string, string> Names(string id)
    {
        using var file = Open(id);
        return XDocument
            .Load(file)
            .Descendants()
            .Where(element => element.Attribute("id") is not null && element.Attribute("name") is not null)
            .ToDictionary(
                element => element.Attribute("id")!.Value,
                element => element.Attribute("name")!.Value,
                StringComparer.Ordinal
            );
    }
}
