using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>An operation as it is registered: what its class and attribute say.</summary>
public abstract partial class OperationDescription
{
    private readonly Lazy<IReadOnlyList<OperationExample>> _examples;
    private readonly Lazy<OperationContract> _contract;

    private protected OperationDescription(Type type, OperationAttribute attribute)
    {
        Type = type;
        Name = attribute.Name;
        Version = attribute.Version;
        Effect = attribute.Effect;
        Pipe = attribute.Pipe;
        Title = attribute.Title ?? OperationTitle.Of(attribute.Name);
        Documentation = attribute.Documentation;
        _examples = new(() => OperationExamples.Of(type));
        _contract = new(() => OperationContracts.Of(this));
        Asks = [.. type.GetCustomAttributes<AsksAttribute>().Select(asks => asks.Operation)];
    }

    /// <summary>The class of the operation.</summary>
    public Type Type { get; }

    /// <summary>The name that tasks ask for, e.g. <c>s3.put-object</c>.</summary>
    public string Name { get; }

    /// <summary>What it is called in a list.</summary>
    public string Title { get; }

    /// <summary>Address of a page for people, if any.</summary>
    public string? Documentation { get; }

    /// <summary>The major version of its contract.</summary>
    public int Version { get; }

    /// <summary>As declared; a call may differ, see <see cref="Operation{TInput,TOutput}.EffectOf"/>.</summary>
    public Effect Effect { get; }

    /// <summary>Its own pipe, if it has one.</summary>
    public string? Pipe { get; }

    /// <summary>The operations of other services that it may ask, see <see cref="AsksAttribute"/>.</summary>
    public IReadOnlyList<string> Asks { get; }

    /// <summary>The record that the inputs are read into.</summary>
    public abstract Type InputType { get; }

    /// <summary>The record that the outputs are written from.</summary>
    public abstract Type OutputType { get; }

    /// <summary>
    /// The errors that the class declares, its own first, then those of the classes that it names; each code and category
    /// once. Behind them, for a class that declares any, those of asking other services, if it does. Those in
    /// <see cref="CommonErrors"/> come besides.
    /// </summary>
    public IReadOnlyList<DeclaredError> Errors
    {
        get
        {
            List<DeclaredError> own = [.. DeclaredBy(Type, [])];
            var asking = Asks.Count > 0 && own.Count > 0 ? DeclaredBy(typeof(Questions), []) : [];
            return [.. own.Concat(asking).DistinctBy(one => (one.Category, one.Code))];
        }
    }

    /// <summary>
    /// The errors that every operation can end with, because the pipeline raises them: a wrong input, a deadline that has
    /// passed, an outcome that is not known.
    /// </summary>
    public static IReadOnlyList<DeclaredError> CommonErrors { get; } =
    [.. DeclaredBy(typeof(PipelineErrors), []).DistinctBy(one => (one.Category, one.Code))];

    /// <summary>The examples in the file beside the class, e.g. <c>PutObjectOperation.examples.json</c>.</summary>
    /// <exception cref="ArgumentException">The file does not fit; the message has its name.</exception>
    public IReadOnlyList<OperationExample> Examples => _examples.Value;

    /// <summary>What it promises, as plain data. Made from class, doc comments and examples when it is first asked for.</summary>
    /// <exception cref="ArgumentException">The examples do not fit.</exception>
    public OperationContract Contract => _contract.Value;

    /// <summary>What is wrong with the inputs of a task, by field; null when they fit. Nothing is run.</summary>
    public abstract string? Check(JsonElement inputs);

    /// <summary>Reads class and attribute.</summary>
    /// <exception cref="ArgumentException">They do not make an operation; the message names the way out.</exception>
    public static OperationDescription Of(Type type)
    {
        var attribute =
            type.GetCustomAttribute<OperationAttribute>()
            ?? throw new ArgumentException($"{type} lacks [Operation(\"area.verb\")].", nameof(type));
        if (!OperationName().IsMatch(attribute.Name))
        {
            throw new ArgumentException(
                $"{type} is called '{attribute.Name}'; an operation's name is lower case words with dots and hyphens, "
                    + "such as s3.put-object.",
                nameof(type)
            );
        }

        if (attribute.Version < 1)
            throw new ArgumentException($"{type}: Version must be 1 or more.", nameof(type));

        CheckAsks(type, attribute);
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == typeof(Operation<,>))
            {
                var description = typeof(OperationDescription<,,>).MakeGenericType([
                    type,
                    .. ancestor.GenericTypeArguments,
                ]);
                return (OperationDescription)Activator.CreateInstance(description, attribute)!;
            }
        }

        throw new ArgumentException($"{type} does not derive from Operation<TInput, TOutput>.", nameof(type));
    }

    /// <summary>Reads and checks the input, and makes the operation's instance ready to run.</summary>
    /// <exception cref="DataErrorException">The input does not fit; the message names the field.</exception>
    internal abstract OperationCall Bind(TaskRequested request, IServiceProvider services);

    private static void CheckAsks(Type type, OperationAttribute attribute)
    {
        var asks = type.GetCustomAttributes<AsksAttribute>().Select(one => one.Operation).ToList();
        if (asks.FirstOrDefault(name => !OperationName().IsMatch(name)) is { } wrong)
            throw new ArgumentException($"{type} asks '{wrong}', which is no name of an operation.", nameof(type));
        if (asks.Count > 0 && attribute.Effect == Effect.Once)
            throw new ArgumentException(
                $"{type} asks other services and has the effect Once. An operation that asks runs again from its beginning after "
                    + "each answer: say Effect = Effect.Idempotent (or Read), and put what may happen only once into an operation "
                    + "that it asks.",
                nameof(type)
            );
    }

    // A class that leads back to itself says nothing new.
    private static IEnumerable<DeclaredError> DeclaredBy(Type type, HashSet<Type> seen) =>
        !seen.Add(type)
            ? []
            : type.GetCustomAttributes<RaisesAttribute>()
                .Select(error => new DeclaredError(error.Category, error.Code, error.Meaning, error.Remedy))
                .Concat(
                    type.GetCustomAttributes<RaisesFromAttribute>().SelectMany(from => DeclaredBy(from.Type, seen))
                );

    [GeneratedRegex(@"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OperationName();
}
