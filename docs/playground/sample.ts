/** What the playground begins with. */

export const SAMPLE = {
  name: 'web.yaml',
  text: `# Paste your own manifests here, or drop files on the page.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
`,
};
