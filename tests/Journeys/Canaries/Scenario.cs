namespace Integration.Journeys.Tests;

/// <summary>A service with a canary in every place that takes a credential, and tasks that fail in every way that it has.</summary>
/// <param name="Service">Its folder in <c>services/</c>.</param>
/// <param name="Operation">Of its tasks.</param>
public sealed record Scenario(string Service, string Operation) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];

    /// <summary>What it is started with.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    public List<Canary> Canaries { get; } = [];

    /// <summary>Inputs by task id, with the code that the task must end with: a failure that did not happen proves nothing.</summary>
    public Dictionary<string, (object Inputs, string Code)> Tasks { get; } = new(StringComparer.Ordinal);

    /// <summary>A setting that keeps it from starting.</summary>
    public (string Name, string Value) WrongSetting { get; init; } = ("Pipeline__Prefetch", "-1");

    /// <summary>Plants a canary in a setting.</summary>
    /// <param name="setting">E.g. <c>Mail__Accounts__a__Password</c>.</param>
    /// <param name="text">What the setting is; <c>{0}</c> is the canary.</param>
    public Scenario Plant(string setting, string text = "{0}")
    {
        var canary = Add(setting);
        // Inside of other texts it is plain.
        Settings[setting] = text.Replace("{0}", text == "{0}" ? canary.Value : canary.Plain, StringComparison.Ordinal);
        return this;
    }

    /// <summary>Plants a canary in a file that a setting names.</summary>
    public Scenario PlantFile(string setting, TemporaryFolder folder, string text = "{0}")
    {
        var canary = Add(setting);
        var file = folder.Combine(setting);
        File.WriteAllText(
            file,
            text.Replace("{0}", text == "{0}" ? canary.Value : canary.Plain, StringComparison.Ordinal) + "\n"
        );
        Settings[setting] = file;
        return this;
    }

    public Scenario Set(string setting, string value)
    {
        Settings[setting] = value;
        return this;
    }

    /// <summary>A task that ends with the code.</summary>
    public Scenario Fails(string id, object inputs, string code)
    {
        Tasks[id] = (inputs, code);
        return this;
    }

    /// <summary>Disposes something with itself.</summary>
    public T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
    }

    private Canary Add(string place)
    {
        var canary = new Canary(place);
        Canaries.Add(canary);
        return canary;
    }
}
