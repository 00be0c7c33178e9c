using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>What could be done in several ways is done in one: the rules of CONTRIBUTING.md that no analyzer knows.</summary>
public sealed partial class ConventionTests
{
    private static readonly (string File, string Text)[] _sources =
    [
        .. TrackedFiles
            .All.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(RepositoryFolder.File(file)))),
    ];

    [Fact]
    public void Operations_of_services_are_internal()
    {
        var declared = _sources
            .Where(source => source.File.StartsWith("services/", StringComparison.Ordinal))
            .SelectMany(source => OperationClass().Matches(source.Text).Select(match => (source.File, match.Value)))
            .ToList();

        declared.Count.ShouldBeGreaterThan(15);
        declared
            .Where(one => !one.Value.EndsWith("internal sealed class", StringComparison.Ordinal))
            .Select(one => one.File)
            .ShouldBeEmpty("Nobody calls them but the pipeline.");
    }

    [Fact]
    public void A_check_of_settings_stands_on_them_unless_it_needs_something_else() =>
        _sources
            .Where(source => !source.File.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(source => OwnCheck().Matches(source.Text).Select(match => (source.File, match)))
            .Where(one => one.match.Groups["needs"].Value.Length == 0)
            .Select(one => one.File)
            .ShouldBeEmpty(
                "Use data annotations or IValidatableObject: a validator of its own is for what needs other services."
            );

    [Fact]
    public void A_folder_is_a_namespace_or_a_part_of_the_one_above()
    {
        var folders = _sources
            .Select(source =>
                (Folder: Folder(source.File), Namespace: Namespace().Match(source.Text).Groups["name"].Value)
            )
            .Where(one => one.Namespace.Length > 0)
            .ToLookup(one => one.Folder, one => one.Namespace);
        folders.Count.ShouldBeGreaterThan(100);

        foreach (var folder in folders)
        {
            var name = folder.Distinct().ShouldHaveSingleItem($"{folder.Key}: one namespace per folder");
            Allowed(folder.Key, folders).ShouldContain(name, folder.Key);
        }
    }

    [Fact]
    public void What_others_use_of_a_shared_assembly_is_in_its_own_namespace() =>
        _sources
            .Where(source => source.File.StartsWith("shared/", StringComparison.Ordinal))
            .Where(source => PublicType().IsMatch(source.Text))
            .Where(source => Namespace().Match(source.Text).Groups["name"].Value != ProjectOf(source.File).Name)
            .Select(source => source.File)
            .ShouldBeEmpty("One using is enough for an assembly, whatever its folders are.");

    [Fact]
    public void A_rule_that_is_switched_off_has_its_reason_above_it()
    {
        var lines = File.ReadAllLines(RepositoryFolder.File(".editorconfig"));
        lines
            .Index()
            .Where(line => line.Item.EndsWith("= none", StringComparison.Ordinal))
            .Where(line => !lines[line.Index - 1].StartsWith('#'))
            .Select(line => line.Item)
            .ShouldBeEmpty();
        _sources
            .Where(source => Suppression().Count(source.Text) != Justified().Count(source.Text))
            .Select(source => source.File)
            .ShouldBeEmpty();
        _sources
            .Where(source => Pragma().IsMatch(source.Text))
            .Select(source => source.File)
            .ShouldBeEmpty("There are no pragmas.");
        TrackedFiles
            .Lines.Where(line =>
                ProjectFile().IsMatch(line.File) && line.Text.Contains("<NoWarn>", StringComparison.Ordinal)
            )
            .Select(line => line.File)
            .ShouldBeEmpty("Rules are switched off in .editorconfig.");
    }

    private static string Folder(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    private static Project ProjectOf(string file) =>
        Project.All.Single(project => file.StartsWith(project.Folder + "/", StringComparison.Ordinal));

    /// <summary>The namespaces that the files of a folder may have.</summary>
    private static IEnumerable<string> Allowed(string folder, ILookup<string, string> folders)
    {
        var project = ProjectOf(folder + "/");
        if (folder == project.Folder)
            return [project.Name];
        var outer = Folder(folder);
        var above =
            outer != project.Folder && folders.Contains(outer) ? folders[outer].Distinct() : Allowed(outer, folders);
        return above.SelectMany(name => new[] { name, $"{name}.{Path.GetFileName(folder)}" });
    }

    [GeneratedRegex(
        @"^\[Operation\(([^\n]|\n(?!(public|internal|private) ))*\n(public|internal|private)[a-z ]* class",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OperationClass();

    [GeneratedRegex(
        @"class \w+(<\w+>)?(?<needs>\([^{]*?\))?\s*:\s*IValidateOptions<",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OwnCheck();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^public [a-z ]*\b(class|record|struct|interface|enum|delegate)\b",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^\s*\[SuppressMessage\(", RegexOptions.Multiline, 1000)]
    private static partial Regex Suppression();

    [GeneratedRegex(@"^\s*\[SuppressMessage\([^\]]*?Justification = ""[^""]+""", RegexOptions.Multiline, 1000)]
    private static partial Regex Justified();

    [GeneratedRegex(@"^\s*#pragma warning", RegexOptions.Multiline, 1000)]
    private static partial Regex Pragma();

    [GeneratedRegex(@"\.(csproj|props|targets)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProjectFile();
}
