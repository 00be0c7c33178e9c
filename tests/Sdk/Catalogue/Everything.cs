using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk.Tests.Catalogue;

/// <summary>Takes <c>everything</c> that an input can be.</summary>
[Operation("sample.everything", Version = 2, Effect = Effect.Once)]
[Raises(ErrorCategory.Business, "NO", "The target says no.", "Catch it.")]
public sealed class Everything : Operation<Everything.Input, Everything.Output>
{
    /// <param name="Text">A text.</param>
    /// <param name="Count">How many.</param>
    public sealed record Input(
        string Text,
        [Range(1, 9)] int Count = 1,
        Tone Tone = Tone.Kind,
        [Range(0.5, 2.5)] double? Factor = null,
        [StringLength(4)] [MayHoldSecrets] string? Token = null,
        [MinLength(3)] string? Long = null,
        [RegularExpression("[0-9]{5}")] string? Zip = null,
        [RegularExpression(@"(?i)a\z")] string? Special = null,
        [AllowedValues("x", "y", null)] string? Choice = null,
        [DeniedValues("no")] string? Name = null,
        [Length(1, 2)] IReadOnlyList<Part>? Parts = null,
        IReadOnlyDictionary<string, int>? Weights = null,
        JsonElement? Any = null,
        FileReference? File = null,
        IReadOnlyList<FileReference>? Files = null,
        IReadOnlyDictionary<string, FileReference>? ByName = null,
        Shorthand? Short = null,
        bool Flag = false,
        DateTimeOffset? Until = null,
        IReadOnlyList<string>? Texts = null,
        IReadOnlyList<string?>? Notes = null,
        IReadOnlyDictionary<string, string>? Labels = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Lists = null,
        IReadOnlyList<JsonElement>? List = null,
        [Display(Name = "How large", GroupName = "Sizes")] long? Large = null,
        [Range(0, 10, MinimumIsExclusive = true)] decimal? Exact = null,
        DateOnly? Day = null,
        Guid? Id = null,
        IReadOnlyDictionary<string, Limited>? Limited = null,
        IReadOnlyList<IReadOnlyList<Limited>>? Grid = null,
        Tree? Tree = null,
        [Length(2, 3)] IReadOnlyList<string>? Pair = null,
        IReadOnlyList<Tone>? Tones = null
    );

    /// <summary>With rules of its own.</summary>
    public sealed record Limited([StringLength(3, MinimumLength = 2)] string Code, string? Note, int Size = 1);

    /// <summary>Holds more of its kind.</summary>
    public sealed record Tree(IReadOnlyList<Tree> Branches, IReadOnlyDictionary<string, Tree>? Named = null);

    /// <summary>One of several, which may hold others.</summary>
    public sealed record Part(string Description, Part? Next = null);

    public sealed record Output(string Number, decimal? Price, IReadOnlyList<string?> Notes, int Count);

    public override Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
        Task.FromResult(new Output("1", null, [null], 3));
}

[WrittenAs("number or text")]
[JsonConverter(typeof(Converter))]
public sealed record Shorthand(string Value)
{
    private sealed class Converter : JsonConverter<Shorthand>
    {
        public override Shorthand Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.Number => new Shorthand($"{reader.GetDouble()}"),
                JsonTokenType.String => new Shorthand(reader.GetString()!),
                _ => throw new JsonMisfitException("a number or a text is expected."),
            };

        public override void Write(Utf8JsonWriter writer, Shorthand value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
