using Integration.Contracts;
using Integration.Hosting;

namespace Integration.Templates;

/// <summary>
/// The generated parts of the page of a service: <c>operations</c>, <c>errors</c>, and <c>settings LEVEL</c> for the settings
/// of one level, e.g. <c>settings S3</c> and <c>settings S3__Stores__NAME</c>.
/// </summary>
/// <param name="operations">The service's.</param>
/// <param name="sections">The service's.</param>
public sealed class ServicePage(IEnumerable<OperationContract> operations, IEnumerable<SettingsSection> sections)
{
    private const string Settings = "settings ";

    private readonly List<OperationContract> _operations = [.. operations];
    private readonly List<SettingDescription> _settings = [.. sections.SelectMany(SettingDescription.Of)];

    /// <summary>The page as it should be.</summary>
    /// <exception cref="ArgumentException">It asks for a part that there is not; the message names what there is.</exception>
    public string Fill(string page) => GeneratedParts.Fill(page, Write);

    private string Write(string what) =>
        what switch
        {
            "operations" => OperationIndex.Of(_operations, "operations/"),
            "errors" => ErrorTable.Of(_operations.SelectMany(operation => operation.Errors)),
            _ when what.StartsWith(Settings, StringComparison.Ordinal) => SettingsOf(what[Settings.Length..]),
            _ => throw new ArgumentException(
                $"There is no generated part '{what}'. There are: operations, errors, settings LEVEL.",
                nameof(what)
            ),
        };

    private string SettingsOf(string level)
    {
        var found = _settings.Where(setting => setting.Level == level).ToList();
        return found.Count > 0
            ? SettingsTable.Of(found)
            : throw new ArgumentException(
                $"The service has no settings {level}. It has: "
                    + $"{string.Join(", ", _settings.Select(setting => setting.Level).Distinct())}.",
                nameof(level)
            );
    }
}
