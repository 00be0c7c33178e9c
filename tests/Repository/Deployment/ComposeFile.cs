using System.Text.RegularExpressions;
using Integration.Fixtures;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Integration.Repository.Tests.Deployment;

/// <summary>docker-compose.yml, as far as the tests compare it with the code.</summary>
internal sealed class ComposeFile
{
    public Dictionary<string, ComposeService> Services { get; set; } = [];

    public Dictionary<string, object?> Volumes { get; set; } = [];

    /// <summary>The file of the repository, merge keys applied.</summary>
    public static ComposeFile Read() => Parse(File.ReadAllText(RepositoryFolder.File("docker-compose.yml")));

    /// <summary>Its text, merge keys applied.</summary>
    public static ComposeFile Parse(string text) =>
        new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<ComposeFile>(new MergingParser(new Parser(new StringReader(text))));

    /// <summary>The services that are ours.</summary>
    public IEnumerable<KeyValuePair<string, ComposeService>> Built =>
        Services.Where(service => service.Value.Build is not null);
}

internal sealed class ComposeService
{
    public ComposeBuild? Build { get; set; }

    public string? Image { get; set; }

    public List<string> Ports { get; set; } = [];

    public List<string> Volumes { get; set; } = [];

    public Dictionary<string, string> Environment { get; set; } = [];

    public Dictionary<string, ComposeDependency> DependsOn { get; set; } = [];

    public object? Healthcheck { get; set; }

    public List<string> CapDrop { get; set; } = [];

    public bool ReadOnly { get; set; }
}

internal sealed class ComposeBuild
{
    public string Context { get; set; } = "";

    public Dictionary<string, string> Args { get; set; } = [];

    /// <summary>The project that it publishes.</summary>
    public string ProjectFile => $"services/{Args["SERVICE"]}/Integration.{Args["SERVICE"]}.csproj";
}

internal sealed class ComposeDependency
{
    public string Condition { get; set; } = "";
}

/// <summary>A <c>${NAME…}</c> in the file.</summary>
internal sealed partial record Variable(string Name, string Rest)
{
    /// <summary>Every use, in order.</summary>
    public static IEnumerable<Variable> In(string text) =>
        Pattern().Matches(text).Select(match => new Variable(match.Groups["name"].Value, match.Groups["rest"].Value));

    /// <summary>The text with values for its variables.</summary>
    public static string Fill(string text, Func<string, string> value) =>
        Pattern().Replace(text, match => value(match.Groups["name"].Value));

    [GeneratedRegex(@"\$\{(?<name>\w+)(?<rest>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
