/** Where Istio keeps what holds for the whole mesh; an installation may move it, which no manifest here would show. */
export const ROOT_NAMESPACE = 'istio-system';
