using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Integration.ErrorTreatment.Api;

/// <summary>JSON of the API: camel case, absent instead of null. By the options of the application, which people read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(FailureList))]
[JsonSerializable(typeof(FailureDetail))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ApiJson : JsonSerializerContext;
