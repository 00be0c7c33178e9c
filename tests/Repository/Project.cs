using System.Xml.Linq;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>A project file of the repository.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
internal sealed record Project(string Path)
{
    private readonly XDocument _file = XDocument.Load(RepositoryFolder.File(Path));

    /// <summary>E.g. <c>Integration.Rest</c>.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>E.g. <c>services/Rest</c>.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public bool IsShared => Path.StartsWith("shared/", StringComparison.Ordinal);

    public bool IsService => Path.StartsWith("services/", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>All projects that are tracked.</summary>
    public static IReadOnlyList<Project> All { get; } =
    [
        .. TrackedFiles
            .All.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file => new Project(file)),
    ];

    /// <summary>What it references itself.</summary>
    public IReadOnlyList<Project> References =>
        [
            .. _file
                .Descendants("ProjectReference")
                .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
                .Select(path => System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryFolder.Root, Folder, path)))
                .Select(full => System.IO.Path.GetRelativePath(RepositoryFolder.Root, full).Replace('\\', '/'))
                .Select(Find),
        ];

    /// <summary>What it references, and what that references, and so on.</summary>
    public IReadOnlySet<Project> Closure
    {
        get
        {
            var seen = new HashSet<Project>();
            var next = new Stack<Project>(References);
            while (next.TryPop(out var project))
            {
                if (seen.Add(project))
                    project.References.ToList().ForEach(next.Push);
            }
            return seen;
        }
    }

    /// <summary>References to packages.</summary>
    public IEnumerable<XElement> Packages => _file.Descendants("PackageReference");

    /// <inheritdoc />
    public bool Equals(Project? other) => other?.Path == Path;

    /// <inheritdoc />
    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Path;

    private static Project Find(string path) =>
        All.FirstOrDefault(project => project.Path == path)
        ?? throw new InvalidOperationException($"A project references {path}, which is not tracked.");
}
