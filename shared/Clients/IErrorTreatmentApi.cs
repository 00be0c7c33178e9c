using Refit;

namespace Integration.Clients;

/// <summary>
/// The HTTP API of error treatment, by default on <c>http://127.0.0.1:5101</c>. Every method throws <see cref="ApiException"/> for an
/// answer that is no success; its content is problem details, whose <c>detail</c> says the way out.
/// </summary>
public interface IErrorTreatmentApi
{
    /// <summary>Failures, the newest first; <see cref="FailurePage.Next"/> says where the next page begins.</summary>
    /// <param name="filter">Which ones; null for all.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Get("/failures")]
    Task<FailurePage> FailuresAsync([Query] FailureFilter? filter = null, CancellationToken cancellation = default);

    /// <summary>Everything that is known of a failure.</summary>
    [Get("/failures/{id}")]
    Task<FailureDetail> FailureAsync(string id, CancellationToken cancellation = default);

    /// <summary>Sends a failure again; needs the role operator. 409 when its state does not allow that.</summary>
    /// <param name="id">The failure.</param>
    /// <param name="action">Who says so.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Post("/failures/{id}/retry")]
    Task<FailureDetail> RetryAsync(string id, [Body] OperatorAction action, CancellationToken cancellation = default);

    /// <summary>Ends a failure, and its process gets the error; needs the role operator and a reason.</summary>
    /// <param name="id">The failure.</param>
    /// <param name="action">Why, and who says so.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Post("/failures/{id}/give-up")]
    Task<FailureDetail> GiveUpAsync(string id, [Body] OperatorAction action, CancellationToken cancellation = default);
}
