using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts;
using Integration.Errors;
using Integration.Sdk;

namespace Integration.Templates.Tests;

/// <summary>Books a journey with <c>everything</c> that an input can be.</summary>
/// <remarks>
/// One paragraph.
/// <para>Another one.</para>
/// </remarks>
[Operation("sample.book", Version = 2, Effect = Effect.Once, Pipe = "slow")]
[Raises(ErrorCategory.Volumetric, "sold-out", "There is no seat | bed left.", "Ask later; see Sample__Seats.")]
[Raises(ErrorCategory.Business, RaisesAttribute.AnyCode, "The agency says no.", "Catch it.")]
[RaisesFrom(typeof(Agency))]
public sealed class Book : Operation<Book.Input, Book.Output>
{
    /// <summary>Who goes where.</summary>
    /// <param name="Traveller">A name. The default value of nothing is told here.</param>
    /// <param name="Stops">Where to stop.</param>
    /// <param name="Class">How comfortable. The default value is <c>second</c>.</param>
    /// <param name="Seats">How many. The default value is 1: the traveller.</param>
    /// <param name="Until">When at the latest. The default value is in <c>a; b.</c> words; tomorrow.</param>
    /// <param name="Token">Opens the door.</param>
    /// <param name="Weights">In kilograms, by piece.</param>
    /// <param name="Note">Anything that fits <paramref name="Seats"/>.</param>
    /// <param name="Ticket">One that is there already.</param>
    /// <param name="Code">Of the agency.</param>
    public sealed record Input(
        string Traveller,
        [MinLength(1)] IReadOnlyList<Stop> Stops,
        TravelClass Class = TravelClass.SecondClass,
        [Range(1, 9)] int Seats = 1,
        DateTimeOffset? Until = null,
        [MayHoldSecrets] [StringLength(64)] string? Token = null,
        IReadOnlyDictionary<string, double>? Weights = null,
        JsonElement? Note = null,
        FileReference? Ticket = null,
        Shorthand? Code = null
    );

    /// <summary>A place on the way.</summary>
    /// <param name="Place">Its name.</param>
    /// <param name="Next">The stop after it.</param>
    public sealed record Stop(string Place, Stop? Next = null);

    /// <summary>What was booked.</summary>
    /// <param name="Number">Of the booking.</param>
    /// <param name="Price">In euro.</param>
    public sealed record Output(string Number, decimal? Price = null);

    /// <summary>With a <c>ticket</c> nothing is booked.</summary>
    public override Effect EffectOf(Input input, Effect declared) => declared;

    public override Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation) =>
        Task.FromResult(new Output("17"));
}

/// <summary>How comfortable.</summary>
public enum TravelClass
{
    /// <summary>More room.</summary>
    FirstClass,

    SecondClass,
}

[Raises(ErrorCategory.Access, "refused", "The agency does not know us.", "Ask it.")]
internal static class Agency;

/// <summary>Written in a form of its own.</summary>
[WrittenAs("number or text")]
[JsonConverter(typeof(ShorthandConverter))]
public sealed record Shorthand(string Text);

public sealed class ShorthandConverter : JsonConverter<Shorthand>
{
    public override Shorthand Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonElement.ParseValue(ref reader).ToString());

    public override void Write(Utf8JsonWriter writer, Shorthand value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
